/** How often each actual class was predicted as each class. */
export interface Confusion {
  /** Classes that occur as label or prediction. */
  readonly classes: readonly number[]
  /** Rows with this actual class, by position in `classes`. */
  readonly support: readonly number[]
  /** Rows with this predicted class. */
  readonly predicted: readonly number[]
  /** Rows where both are this class. */
  readonly correct: readonly number[]
  readonly rows: number
}

/**
 * Counts labels and predictions against each other.
 *
 * @param labels - Class codes (whole numbers from 0), one per row.
 * @param predictions - Class codes of the same coding, one per row.
 * @returns Counts by class, the classes in ascending order.
 * @throws RangeError when the lengths differ or a code is not a whole number.
 * Missing values: rows without one of the two are removed before. Complexity: O(rows).
 */
export function confusionOf(labels: ArrayLike<number>, predictions: ArrayLike<number>): Confusion {
  if (labels.length !== predictions.length) {
    throw new RangeError('labels and predictions differ in length')
  }
  const counts = new Map<number, { support: number; predicted: number; correct: number }>()
  const of = (code: number): { support: number; predicted: number; correct: number } => {
    if (!Number.isSafeInteger(code) || code < 0)
      throw new RangeError(`not a class: ${String(code)}`)
    let entry = counts.get(code)
    if (entry === undefined) {
      entry = { support: 0, predicted: 0, correct: 0 }
      counts.set(code, entry)
    }
    return entry
  }
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number
    const prediction = predictions[row] as number
    of(label).support++
    of(prediction).predicted++
    if (label === prediction) of(label).correct++
  }
  const classes = [...counts.keys()].sort((a, b) => a - b)
  const entries = classes.map(of)
  return {
    classes,
    support: entries.map(({ support }) => support),
    predicted: entries.map(({ predicted }) => predicted),
    correct: entries.map(({ correct }) => correct),
    rows: labels.length,
  }
}

/** Precision, recall and F1 of one class; `null` where a denominator is 0. */
export interface ClassScores {
  readonly support: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

/**
 * The scores of one class.
 *
 * @param confusion - From `confusionOf`.
 * @param code - A class; one that does not occur has no scores.
 * @returns Each score from 0 to 1, or `null` where its denominator is 0.
 * Complexity: O(classes). Source: van Rijsbergen 1979, "Information Retrieval", chapter 7.
 */
export function classScores(confusion: Confusion, code: number): ClassScores {
  const index = confusion.classes.indexOf(code)
  const support = confusion.support[index] ?? 0
  const predicted = confusion.predicted[index] ?? 0
  const correct = confusion.correct[index] ?? 0
  return {
    support,
    precision: ratio(correct, predicted),
    recall: ratio(correct, support),
    f1: ratio(2 * correct, support + predicted),
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
