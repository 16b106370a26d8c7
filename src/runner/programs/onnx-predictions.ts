/** An output of an ONNX graph. */
export interface OutputTensor {
  readonly name: string
  readonly type: string
  readonly data: ArrayLike<number | bigint | string>
  readonly dims: readonly number[]
}

type Prediction = Readonly<Record<string, number | string>>

/**
 * The predictions of a batch from the outputs of a graph: converted classifiers have labels and a matrix
 * of probabilities, networks have one matrix of scores, regressions one number for each row.
 *
 * @throws TypeError when the outputs have another form.
 */
export function predictionsOf(
  outputs: readonly OutputTensor[],
  rows: number,
  task: string,
): readonly Prediction[] {
  const scores = outputs.find(({ type }) => type.startsWith('float'))
  const labels = outputs.find(
    ({ type }) => type === 'int64' || type === 'int32' || type === 'string',
  )
  const isClassification = task.endsWith('classification')
  if (!isClassification) {
    const values = scores ?? labels
    if (values?.data.length !== rows) throw new TypeError('there is not one number for each row')
    return Array.from({ length: rows }, (_, row) => ({ prediction: valueAt(values, row) }))
  }
  const width = scores === undefined ? 0 : scores.data.length / rows
  if (!Number.isInteger(width)) throw new TypeError('there are not as many scores for each row')
  return Array.from({ length: rows }, (_, row) => {
    const own = Array.from({ length: width }, (_, at) => Number(scores?.data[row * width + at]))
    return { prediction: labelOf(labels, own, row), ...scoresOf(own) }
  })
}

function labelOf(
  labels: OutputTensor | undefined,
  scores: readonly number[],
  row: number,
): number | string {
  if (labels !== undefined) return valueAt(labels, row)
  const [only] = scores
  if (only === undefined) throw new TypeError('there is neither a label nor a score')
  if (scores.length === 1) return only >= 0.5 ? 1 : 0
  return scores.indexOf(Math.max(...scores))
}

/** Of two classes the second is the positive one; JSON has no NaN, but the protocol has a word for it. */
function scoresOf(scores: readonly number[]): Prediction {
  const positive = scores.length <= 2 ? scores[scores.length - 1] : undefined
  if (positive !== undefined) return { score: written(positive) }
  return Object.fromEntries(scores.map((score, at) => [`score_${String(at)}`, written(score)]))
}

function valueAt({ data }: OutputTensor, at: number): number | string {
  const value = data[at]
  if (value === undefined) throw new TypeError('there is not one value for each row')
  return typeof value === 'string' ? value : written(Number(value))
}

function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
