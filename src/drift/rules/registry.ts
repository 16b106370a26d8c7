import { UsageError } from '../../core/errors.ts'
import { evidentlyRule } from './evidently.ts'
import type { Rule } from './rule.ts'
import { textbookRule } from './textbook.ts'
import { twoKeyRule } from './two-key.ts'

/** Every rule that `--rule` and `--also-rule` can name, the default first. */
export const RULES: readonly Rule[] = [twoKeyRule, textbookRule, evidentlyRule]

/**
 * The rule with an id.
 *
 * @throws UsageError when there is none.
 */
export function findRule(id: string): Rule {
  const rule = RULES.find((candidate) => candidate.id === id)
  if (rule !== undefined) return rule
  const known = RULES.map((candidate) => candidate.id).join(', ')
  throw new UsageError(`no drift rule "${id}"`, { hint: `the rules are ${known}` })
}
