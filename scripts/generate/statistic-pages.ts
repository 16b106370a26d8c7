import type { StatisticDescriptor, StatisticRange } from '../../src/stats/statistic.ts'

function range({ minimum, maximum }: StatisticRange): string {
  return Number.isFinite(maximum)
    ? `${String(minimum)} to ${String(maximum)}`
    : `${String(minimum)} or more, without an upper bound`
}

const FAMILIES = {
  test: 'hypothesis test: a small p-value speaks for a difference',
  distance: 'distance: a large value speaks for a difference; it has no p-value',
} as const

/** The documentation page of one statistic, from what the statistic says about itself. */
export function statisticPage(statistic: StatisticDescriptor): string {
  return [
    `# ${statistic.title}`,
    '',
    `\`${statistic.id}\` · ${FAMILIES[statistic.family]}`,
    '',
    statistic.definition,
    '',
    '| | |',
    '| --- | --- |',
    `| applies to | ${statistic.appliesTo.join(', ')} |`,
    `| range | ${range(statistic.range)} |`,
    `| unit | ${statistic.units} |`,
    `| symmetric in reference and current | ${statistic.symmetric ? 'yes' : 'no'} |`,
    `| missing values | ${statistic.missingRule} |`,
    `| cost | ${statistic.complexity} |`,
    '',
    '## Sources',
    '',
    ...statistic.references.map(
      (source) => `- ${source.authors} (${String(source.year)}). ${source.title}. ${source.where}.`,
    ),
    '',
  ].join('\n')
}

/** The list of all statistics, linked. */
export function statisticIndex(statistics: readonly StatisticDescriptor[]): string {
  return [
    '# Statistics',
    '',
    'Each is computed on the values without the missing ones and held to reference values (`npm run reference-values`).',
    '',
    '| statistic | family | applies to |',
    '| --- | --- | --- |',
    ...statistics.map(
      ({ id, title, family, appliesTo }) =>
        `| [${title}](${id}.md) | ${family} | ${appliesTo.join(', ')} |`,
    ),
    '',
  ].join('\n')
}
