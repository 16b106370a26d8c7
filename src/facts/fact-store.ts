import type { FactsFor } from '../core/check.ts'
import { InterruptedError, MlcheckError } from '../core/errors.ts'
import type { Fact } from '../core/fact.ts'
import type { FactContext, FactReader } from './context.ts'
import type { FactMap } from './fact-map.ts'
import { changedInputs } from './input-digests.ts'
import { guardedTables } from './guarded-tables.ts'
import { collectors, FACTS_OF_RUNS } from './registry.ts'
import { sharedTables } from './shared-tables.ts'

/**
 * The facts of one run: each is gathered when it is first asked for, and once. The first that needs a
 * command of the project comes after all that need none: what a command writes is not evidence.
 */
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
  const shared = { ...context, openSnapshot: sharedTables(context) }
  const ofRuns: FactContext = { ...shared, openSnapshot: guardedTables(shared) }
  const atRest: FactContext = { ...ofRuns, runner: refusingRunner(context.runner) }
  const gatherAtRest = async () => {
    if (!context.permission.run || context.manifest.commands === undefined) return
    for (const key of FACTS_AT_REST) {
      // A defect in one of them is reported by the item that asks for it.
      await get(key).catch(() => undefined)
    }
  }
  const gatherInOrder = async (key: keyof FactMap): Promise<Fact<unknown>> => {
    if (!FACTS_OF_RUNS.has(key)) return gather(key, atRest, store)
    await gatherAtRest()
    return gather(key, ofRuns, store)
  }
  const get = <K extends keyof FactMap>(key: K): Promise<Fact<FactMap[K]>> => {
    const known = gathered.get(key) ?? gatherInOrder(key)
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

const FACTS_AT_REST = (Object.keys(collectors) as readonly (keyof FactMap)[]).filter(
  (key) => !FACTS_OF_RUNS.has(key),
)

/** For facts that must be there before the first command: one that runs a command itself is a defect. */
function refusingRunner(runner: FactContext['runner']): FactContext['runner'] {
  const run = () =>
    Promise.reject(new TypeError('a fact that runs a command is not listed as one of runs'))
  return { ...runner, run, start: run }
}

/** Where the manifest names what a fact is gathered from. */
const BLOCKS: Readonly<Record<keyof FactMap, readonly string[]>> = {
  'model.artifact': ['model', 'path'],
  predictions: ['predictions'],
  'predictions.bindings': ['predictions'],
  'predictions.comparisons': ['predictions'],
  'predictions.performance': ['predictions'],
  'predictions.segments': ['predictions'],
  'reports.error-analysis': ['reports', 'error_analysis'],
  'metrics.claimed': ['metrics'],
  'metrics.recomputed': ['metrics'],
  'data.schema-sources': ['data'],
  'data.feature-values': ['data'],
  'data.outlier-limits': ['data'],
  'data.training-statistics': ['data', 'train'],
  'preprocessing.steps': ['preprocessing'],
  'predict.missing-values': ['commands', 'predict'],
  'baseline.statistics': ['data', 'statistics'],
  'data.reference-statistics': ['data', 'reference'],
  'dependencies.requirements': ['dependencies', 'files'],
  'inputs.digests': [],
  'code.python-sources': ['code'],
  'code.tests': ['code', 'tests'],
  'code.test-reports': ['test_reports'],
  'code.error-shapes': ['code', 'serving'],
  'tests.unit': ['commands', 'tests', 'unit'],
  'tests.integration': ['commands', 'tests', 'integration'],
  'model.inspection': ['model', 'path'],
  'model.stored-predictions': ['predictions'],
  'model.edge-cases': ['commands', 'worker'],
  'worker.timings': ['commands', 'worker'],
  'reproducibility.runs': ['commands', 'predict'],
  'reproducibility.retraining': ['commands', 'train'],
  'serve.error-probe': ['commands', 'serve'],
  'people.attested': [],
  'people.improvement-actions': [],
  'run.ledger': [],
  'release.deployment': ['model', 'deployed'],
  'data.reference-digests': ['data', 'reference'],
  'team.roster': ['team', 'on_call'],
  'release.outcomes': [],
}

async function gather(
  key: keyof FactMap,
  context: FactContext,
  facts: FactReader,
): Promise<Fact<unknown>> {
  try {
    const fact = await collectors[key].collect(key, context, facts)
    return key === 'metrics.recomputed' ? await heldAgainstInputs(fact, context, facts) : fact
  } catch (error) {
    if (!(error instanceof MlcheckError) || error instanceof InterruptedError) throw error
    return {
      key,
      state: 'unreadable',
      reason: error.message,
      source: error.location ?? context.manifest.locate(BLOCKS[key]),
      ...(error.hint === undefined ? {} : { remedy: error.hint }),
    }
  }
}

/** A value that rests on a run is none when the run changed what the audit reads. */
async function heldAgainstInputs(
  fact: Fact<unknown>,
  context: FactContext,
  facts: FactReader,
): Promise<Fact<unknown>> {
  if (fact.state !== 'present' || context.runner.isolation().length === 0) return fact
  const changed = await changedInputs(await facts.get('inputs.digests'), context)
  if (changed.length === 0) return fact
  return {
    key: fact.key,
    state: 'unreadable',
    reason: `files that the audit reads were changed while the predict command ran: ${changed.join(', ')}`,
    source: fact.source,
    remedy: 'Let the command write nothing but its output file, then run the audit again.',
  }
}
