/** What `account.py` writes: the objects of Python in JSON, each value with its type. */
export type Expected =
  | null
  | boolean
  | string
  | readonly Expected[]
  | { readonly int: string }
  | { readonly float: string }
  | { readonly dict: Readonly<Record<string, Expected>> }
  | { readonly array: ExpectedArray }
  | { readonly skip: true }

export interface ExpectedArray {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly values: readonly Expected[] | null
  readonly sha256: string | null
}

export interface ExpectedObject {
  readonly class: string
  readonly fitted: boolean | null
  readonly features: readonly string[] | null
  readonly featureCount: number | null
  readonly parameters: Readonly<Record<string, Expected>>
  readonly steps: readonly ExpectedStep[] | null
}

interface ExpectedStep {
  readonly name: string
  readonly role: string
  readonly columns: readonly (string | number)[] | null
  readonly object: ExpectedObject | string
}

export interface Account {
  readonly objects: readonly {
    readonly file: string
    readonly kind: string
    readonly object: ExpectedObject
  }[]
  readonly arrays: readonly {
    readonly file: string
    readonly kind: string
    readonly arrays: Readonly<Record<string, Expected>>
  }[]
}
