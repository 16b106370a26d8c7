import type { Fact } from '../core/fact.ts'
import type { Finding } from '../core/finding.ts'
import { isNonEmpty, type Judgement } from '../core/judgement.ts'

type Missing = Exclude<Fact<unknown>, { readonly state: 'present' }>

/** The finding for a fact that is not there or could not be read: what was sought, and what would help. */
export function missingFactFinding(fact: Missing): Finding {
  if (fact.state === 'absent') {
    const [first] = fact.looked
    return {
      code: 'EVIDENCE_ABSENT',
      args: {
        fact: fact.key,
        block: fact.block ?? null,
        looked: fact.looked.map(({ path }) => path),
      },
      ...(first === undefined ? {} : { location: first }),
    }
  }
  return {
    code: 'EVIDENCE_UNREADABLE',
    args: { fact: fact.key, reason: fact.reason, remedy: fact.remedy ?? null },
    location: fact.source,
  }
}

/** A check that lacks evidence decides nothing. */
export function undecided(...facts: readonly Fact<unknown>[]): Judgement {
  const findings = facts.flatMap((fact) =>
    fact.state === 'present' ? [] : [missingFactFinding(fact)],
  )
  if (!isNonEmpty(findings)) throw new TypeError('every fact is present')
  return { outcome: 'inconclusive', findings }
}
