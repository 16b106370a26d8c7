/**
 * A value of a fitted object. Numbers may be NaN or infinite here; who writes JSON says `null` and why.
 * Integers beyond 2^53 are `bigint`.
 */
export type ObjectValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly ObjectValue[]
  | ArrayFacts
  | ObjectFacts
  | { readonly kind: 'opaque'; readonly class: string }

/** An array: its elements in C order where they are few enough, else their digest alone. */
export interface ArrayFacts {
  readonly kind: 'array'
  /** As numpy spells it: `<f8`, `|O`, `<U5`. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** `null` for an array that is digested or skipped. */
  readonly values: readonly ObjectValue[] | null
  /** Of the elements in C order in the byte order of the file; `null` when the array was skipped. */
  readonly sha256: string | null
}

/** A fitted object of any library, in the terms of scikit-learn: other formats are translated to it. */
export interface ObjectFacts {
  readonly kind: 'object'
  /** The full path: `sklearn.preprocessing._data.StandardScaler`; `ai.onnx.ml.Scaler` for ONNX. */
  readonly class: string
  /** `null` when the class is not known well enough to say. */
  readonly fitted: boolean | null
  /** The names of the columns that the object takes, in their order; `null` when it was fitted without. */
  readonly features: readonly string[] | null
  readonly featureCount: number | null
  /** Constructor parameters and fitted attributes by name: `with_mean`, `mean_`, `categories_`. */
  readonly parameters: Readonly<Record<string, ObjectValue>>
  /** Objects inside: the steps of a pipeline, the fitted branches of a column transformer. */
  readonly steps: readonly ObjectStep[]
}

export interface ObjectStep {
  readonly name: string
  /**
   * How a step takes its input: `sequence` takes what the step before gives, `branch` takes `columns` of
   * what the parent gets, `part` is an object that the parent keeps (a regressor's `transformer_`).
   */
  readonly role: 'sequence' | 'branch' | 'part'
  /** Of a branch: names or positions, as stored; `null` for all of them or where it is not said. */
  readonly columns: readonly (string | number)[] | null
  /** `'drop'` and `'passthrough'` are steps without an object. */
  readonly object: ObjectFacts | 'drop' | 'passthrough'
}
