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
 * Counts labels and predictions of rows against each other, again and again, as a bootstrap does.
 *
 * @param labels - Class codes (whole numbers from 0), one per row.
 * @param predictions - Class codes of the same coding, one per row.
 * @returns A function that gives the table of the rows with some indices, as often as they stand, and
 *   of every row without them: counts by class, the classes in ascending order.
 * @throws RangeError when the lengths differ or a code is not a whole number.
 * Missing values: rows without one of the two are removed before. Complexity: O(rows), then O(indices + cells that occur) a table.
 */
export function confusionsOf(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
): (indices?: Uint32Array) => Confusion {
  const { cells, cellOfRow } = cellsOf(labels, predictions)
  const everyRow = Uint32Array.from(cellOfRow.keys())
  return (indices) => {
    const counts = new Uint32Array(cells.length)
    const chosen = indices ?? everyRow
    for (let at = 0; at < chosen.length; at++) {
      const cell = cellOfRow[chosen[at] as number] as number
      counts[cell] = (counts[cell] as number) + 1
    }
    return tableOf(cells, counts, chosen.length)
  }
}

/** An actual class and a predicted one that occur together. */
interface Cell {
  readonly label: number
  readonly prediction: number
}

function cellsOf(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
): { readonly cells: readonly Cell[]; readonly cellOfRow: Uint32Array } {
  if (labels.length !== predictions.length) {
    throw new RangeError('labels and predictions differ in length')
  }
  const cells: Cell[] = []
  const known = new Map<number, Map<number, number>>()
  const cellOfRow = Uint32Array.from(labels, (label, row) => {
    const prediction = predictions[row] as number
    let ofLabel = known.get(label)
    if (ofLabel === undefined) known.set(requireClass(label), (ofLabel = new Map<number, number>()))
    let cell = ofLabel.get(prediction)
    if (cell === undefined) {
      cell = cells.push({ label, prediction: requireClass(prediction) }) - 1
      ofLabel.set(prediction, cell)
    }
    return cell
  })
  return { cells, cellOfRow }
}

function requireClass(code: number): number {
  if (!Number.isSafeInteger(code) || code < 0) throw new RangeError(`not a class: ${String(code)}`)
  return code
}

function tableOf(cells: readonly Cell[], counts: Uint32Array, rows: number): Confusion {
  const entries = new Map<number, { support: number; predicted: number; correct: number }>()
  const of = (code: number) => {
    let entry = entries.get(code)
    if (entry === undefined) entries.set(code, (entry = { support: 0, predicted: 0, correct: 0 }))
    return entry
  }
  for (const [cell, { label, prediction }] of cells.entries()) {
    const count = counts[cell] as number
    if (count === 0) continue
    of(label).support += count
    of(prediction).predicted += count
    if (label === prediction) of(label).correct += count
  }
  const classes = [...entries.keys()].sort((a, b) => a - b)
  const sorted = classes.map(of)
  return {
    classes,
    support: sorted.map(({ support }) => support),
    predicted: sorted.map(({ predicted }) => predicted),
    correct: sorted.map(({ correct }) => correct),
    rows,
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
 * @param confusion - From `confusionsOf`.
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
