import type { FactsFor } from '../core/check.ts'
import { InterruptedError, MlcheckError } from '../core/errors.ts'
import type { Fact } from '../core/fact.ts'
import type { FactContext, FactReader } from './context.ts'
import type { FactMap } from './fact-map.ts'
import { collectors } from './registry.ts'

/** The facts of one run: each is gathered when it is first asked for, and once. */
export interface FactStore extends FactReader {
  /** The facts a check declared, gathered one after another. */
  select<K extends keyof FactMap>(keys: readonly K[]): Promise<FactsFor<FactMap, K>>
}

/**
 * A store over one project. An error that a person can mend makes its fact `unreadable`; any other is
 * a defect and rejects, so that the item which asked reports it and the others go on.
 */
export function createFacts(context: FactContext): FactStore {
  const gathered = new Map<keyof FactMap, Promise<Fact<unknown>>>()
  const get = <K extends keyof FactMap>(key: K): Promise<Fact<FactMap[K]>> => {
    const known = gathered.get(key) ?? gather(key, context, store)
    gathered.set(key, known)
    return known as Promise<Fact<FactMap[K]>>
  }
  const store: FactStore = {
    get,
    select: async <K extends keyof FactMap>(keys: readonly K[]) => {
      const facts: Partial<Record<K, Fact<FactMap[K]>>> = {}
      for (const key of keys) facts[key] = await get(key)
      return facts as FactsFor<FactMap, K>
    },
  }
  return store
}

async function gather(
  key: keyof FactMap,
  context: FactContext,
  facts: FactReader,
): Promise<Fact<unknown>> {
  try {
    return await collectors[key].collect(key, context, facts)
  } catch (error) {
    if (!(error instanceof MlcheckError) || error instanceof InterruptedError) throw error
    return {
      key,
      state: 'unreadable',
      reason: error.message,
      source: error.location ?? { path: key },
      ...(error.hint === undefined ? {} : { remedy: error.hint }),
    }
  }
}
