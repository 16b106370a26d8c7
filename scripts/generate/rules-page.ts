import type { RuleText } from '../../src/report/rules.ts'

/** What each drift rule decides. */
export function rulesPage(rules: readonly RuleText[]): string {
  return [
    '# Drift rules',
    '',
    '`mlcheck drift --rule ID` decides by one of them; `--also-rule ID` says what another would have said.',
    '',
    ...rules.flatMap(({ id, title, decides, when }) => [
      `## \`${id}\`: ${title}`,
      '',
      decides,
      '',
      when,
      '',
    ]),
  ].join('\n')
}
