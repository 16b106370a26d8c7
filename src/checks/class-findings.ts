import type { Source } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { ClassPerformance, ClassRow, Vocabulary } from '../facts/class-performance.ts'

/** What is asked of the classes of a split. */
export interface ClassDemands {
  readonly split: string
  readonly source: Source
  readonly minSupport: number
  readonly minRecall: number | undefined
}

/** What is wrong with single classes: too few rows, too low a recall, a vocabulary of other classes. */
export function classFindings(
  performance: ClassPerformance,
  demands: ClassDemands,
  { max_class_gap: maxGap }: { readonly max_class_gap: number },
): GradedFinding[] {
  const { split, source: location, minSupport, minRecall } = demands
  const at = (severity: Severity, code: FindingCode, args: FindingArgs): GradedFinding => ({
    severity,
    code,
    args: { split, ...args },
    location,
  })
  const { classes, vocabularies } = performance
  return [
    ...(minRecall === undefined ? [at('warn', 'CLASS_RECALL_UNDEMANDED', {})] : []),
    ...classes.flatMap((row) => recallFindings(row, minSupport, minRecall, at)),
    ...vocabularies.flatMap((vocabulary) => vocabularyFindings(vocabulary, classes, at)),
    ...gapFindings(classes, minSupport, maxGap, at),
    ...(minRecall === undefined ? [] : sliceFindings(performance, minSupport, minRecall, at)),
  ]
}

type MakeFinding = (severity: Severity, code: FindingCode, args: FindingArgs) => GradedFinding

function recallFindings(
  { name, support, recall }: ClassRow,
  minSupport: number,
  minRecall: number | undefined,
  at: MakeFinding,
): GradedFinding[] {
  // Of a class without rows the vocabulary speaks.
  if (support === 0 || recall === undefined) return []
  if (!reaches(support, minSupport)) {
    return [at('warn', 'CLASS_FEW_ROWS', { class: name, rows: support, minimum: minSupport })]
  }
  if (minRecall === undefined || reaches(recall.value, minRecall)) return []
  const args = { class: name, rows: support, recall: recall.value, minimum: minRecall }
  return [at('fail', 'CLASS_RECALL_LOW', { ...args, low: recall.low, high: recall.high })]
}

function vocabularyFindings(
  { origin, classes: known, source }: Vocabulary,
  classes: readonly ClassRow[],
  at: MakeFinding,
): GradedFinding[] {
  const labelled = classes.filter(({ support }) => support > 0).map(({ name }) => name)
  const strange = labelled.filter((name) => !known.includes(name))
  const absent = known.filter((name) => !labelled.includes(name))
  const args = { origin: WORDS[origin], file: source.path }
  return [
    ...(strange.length === 0
      ? []
      : [at('fail', 'CLASS_UNKNOWN_TO_MODEL', { ...args, classes: strange, known })]),
    ...(absent.length === 0 ? [] : [at('warn', 'CLASS_ABSENT', { ...args, classes: absent })]),
  ]
}

const WORDS: Readonly<Record<Vocabulary['origin'], string>> = {
  'score-map': 'score columns',
  'training-data': 'training data',
}

function gapFindings(
  classes: readonly ClassRow[],
  minSupport: number,
  maxGap: number,
  at: MakeFinding,
): GradedFinding[] {
  const judged = classes.flatMap(({ name, support, recall }) =>
    recall !== undefined && reaches(support, minSupport) ? [{ name, recall: recall.value }] : [],
  )
  const sorted = judged.sort((a, b) => a.recall - b.recall)
  const [worst, best] = [sorted[0], sorted.at(-1)]
  if (maxGap === 0 || worst === undefined || best === undefined) return []
  const gap = best.recall - worst.recall
  if (reaches(maxGap, gap)) return []
  const args = { gap, limit: maxGap, worst: worst.name, best: best.name }
  return [at('warn', 'CLASS_GAP_LARGE', args)]
}

function sliceFindings(
  { slices }: ClassPerformance,
  minSupport: number,
  minRecall: number,
  at: MakeFinding,
): GradedFinding[] {
  return slices.flatMap(({ column, value, recalls }) =>
    recalls.flatMap(({ name, support, recall }): GradedFinding[] => {
      if (recall === undefined || !reaches(support, minSupport)) return []
      if (reaches(recall.value, minRecall)) return []
      const args = { column, value, class: name, rows: support, recall: recall.value }
      return [at('warn', 'SLICE_RECALL_LOW', { ...args, minimum: minRecall })]
    }),
  )
}
