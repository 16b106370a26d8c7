import type { GradedFinding } from '../core/finding.ts'
import type { Outcome } from '../core/outcome.ts'
import type { ReleaseOutcomes } from '../facts/release-outcomes.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { undecided } from './undecided.ts'

export const beforeAllChecksPassed = defineCheck({
  id: 'before.all-checks-passed',
  title: 'All checks before deployment passed',
  section: 'release',
  motivation:
    'A release is decided by all that must hold, not by the part that was looked at. Nobody can vouch for this item and nobody can waive it.',
  decides:
    'Derived from the outcomes of the other required items of the phase before in the same run. ' +
    'Pass: each passed, does not apply, or is waived by a waiver that holds; waived ones are listed. ' +
    'Warn: none failed, and one warned. Fail: one failed, or a waiver has expired or is for another model. ' +
    'Inconclusive: one could not be decided or waits for a person, or only a part of the list was run, or there is no other item.',
  remediation:
    'Audit the whole phase before, without --only or --section, and repair what the other items name.',
  references: ['Breck et al. 2017, "The ML Test Score", Infra 4'],
  params: {},
  needs: ['release.outcomes'],
  judge(facts) {
    const fact = facts['release.outcomes']
    if (fact.state !== 'present') return undecided(fact)
    const { items, notRun } = fact.value
    const counts = Object.fromEntries(
      [...new Set(items.map(({ outcome }) => outcome))]
        .sort()
        .map((outcome) => [outcome, idsOf(fact.value, outcome).length]),
    )
    const evidence = {
      level: 'recomputed',
      claim: 'Every other required item of the phase before passed, or does not apply.',
      observed: { items: items.length, notRun: notRun.length, ...counts },
      source: fact.source,
    } as const
    return conclude('recomputed', findingsOf(fact.value), items.length === 0 ? [] : [evidence])
  },
})

function findingsOf(outcomes: ReleaseOutcomes): readonly GradedFinding[] {
  const { items, notRun, deadWaivers } = outcomes
  const about = (
    severity: GradedFinding['severity'],
    code: GradedFinding['code'],
    ids: readonly string[],
  ): readonly GradedFinding[] =>
    ids.length === 0 ? [] : [{ severity, code, args: { items: ids } }]
  const waived = items.flatMap(({ id, waiver }) =>
    waiver === null ? [] : [`${id} (${waiver.owner}, until ${waiver.expires})`],
  )
  return [
    ...about('fail', 'RELEASE_ITEMS_FAILED', idsOf(outcomes, 'fail')),
    ...about('fail', 'RELEASE_WAIVERS_DEAD', deadWaivers),
    ...about('inconclusive', 'RELEASE_ITEMS_UNDECIDED', idsOf(outcomes, 'inconclusive')),
    ...about('inconclusive', 'RELEASE_ITEMS_AWAIT_PERSON', idsOf(outcomes, 'needs-review')),
    ...about('inconclusive', 'RELEASE_ITEMS_NOT_RUN', notRun),
    ...about('warn', 'RELEASE_ITEMS_WARNED', idsOf(outcomes, 'warn')),
    ...about('notice', 'RELEASE_ITEMS_WAIVED', waived),
  ]
}

function idsOf({ items }: ReleaseOutcomes, outcome: Outcome): readonly string[] {
  return items.filter((item) => item.outcome === outcome).map(({ id }) => id)
}
