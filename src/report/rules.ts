/**
 * What each drift rule decides: the words of `mlcheck explain` and of the documentation. The rules
 * themselves have none.
 */
export interface RuleText {
  readonly id: string
  readonly title: string
  /** How it comes to its verdict, in a few sentences. */
  readonly decides: string
  /** What it is good for and what not. */
  readonly when: string
}

/** The words of every rule, in the order of the rules. */
export const RULE_TEXTS: readonly RuleText[] = [
  {
    id: 'two-key',
    title: 'The default: a change must be both significant and large enough',
    decides:
      'Each column is tested for shape, tail, novel values and missing rate. Key 1: the p-value, adjusted by Holm over the whole run, is below alpha (0.01). Key 2: the effect, in share of rows, reaches its threshold. Both keys at the upper threshold fail, both at the lower one warn; key 1 alone is a notice (real, but small), key 2 alone is noise. A column with too few rows to show a failing change of shape is not verified.',
    when: 'Use it to gate. Its false alarms stay below alpha at any number of rows, and one broken column is enough to fail.',
  },
  {
    id: 'textbook',
    title: 'Common monitors: fixed limits per column, and a count of columns',
    decides:
      'A number drifts when the Kolmogorov-Smirnov p-value is below 0.01 or the Wasserstein distance, in the unit of the feature, is above 0.1; the comparison fails when more than three features drift, or when the Jensen-Shannon distance (nats) of the predictions over 50 bins of the reference is above 0.1. Values outside the range of the reference are counted and do not decide. A column with missing values is not verified: these monitors would compute NaN and stay silent.',
    when: 'Use it to compare with monitors that follow this recipe. Its limits depend on units and on the number of rows, so it raises alarms on unchanged data.',
  },
  {
    id: 'evidently',
    title: 'The default tests of the Evidently library',
    decides:
      'Up to 1000 valid reference rows a test decides: Kolmogorov-Smirnov (p up to 0.05) for numbers with more than 5 values, else chi-square goodness of fit or a z test of two shares (p below 0.05). Above, a distance decides, from 0.1: Wasserstein in standard deviations of the reference, or Jensen-Shannon (nats). The comparison fails when at least half of the tested columns drift. Missing and infinite values are dropped.',
    when: 'Use it to compare with reports of that library. One broken column among many does not reach half of them.',
  },
]
