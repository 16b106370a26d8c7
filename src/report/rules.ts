/** What each drift rule decides, in the words of `mlcheck explain`. */
export interface RuleText {
  readonly id: string
  readonly title: string
  readonly decides: string
  readonly when: string
}

export const RULE_TEXTS: readonly RuleText[] = [
  {
    id: 'two-key',
    title: 'The default rule: a change must be both significant and large enough',
    decides:
      'Each column is tested for shape, tail, novel values and missing rate. Key 1: the p-value, adjusted by Holm over the whole run, is below alpha (0.01). Key 2: the effect, in share of rows, reaches its threshold. Both keys at the upper threshold fail, both at the lower one warn, key 1 alone is a notice (real but small), key 2 alone is noise. A column whose rows could not have shown a failing effect is not verified instead of passed.',
    when: 'Use it to gate. It stays quiet on unchanged data at any number of rows and still sees one broken column.',
  },
  {
    id: 'textbook',
    title: 'The common recipe: fixed limits per column, and a count of columns',
    decides:
      'A column drifts when the Kolmogorov-Smirnov p-value is below 0.01 or the Wasserstein distance exceeds 0.1 in the unit of the feature; the data drift when more than three columns do.',
    when: 'Use it to compare with monitors that follow this recipe. Its limits depend on the unit of a feature and on the number of rows, so it raises alarms on unchanged data.',
  },
  {
    id: 'evidently',
    title: 'The defaults of the Evidently library',
    decides:
      'A test is chosen per column by its type and the number of rows; the data drift when at least half of the columns do.',
    when: 'Use it to compare with reports of that library. Half of the columns is a high bar: one broken column does not reach it.',
  },
]
