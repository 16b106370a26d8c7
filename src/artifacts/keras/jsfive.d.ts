/** What is used of the package, which has no types of its own. */
declare module 'jsfive' {
  export class Group {
    readonly name: string
    readonly keys: readonly string[]
    readonly attrs: Readonly<Record<string, unknown>>
    get(path: string): Group | Dataset | null
  }
  export class Dataset {
    readonly attrs: Readonly<Record<string, unknown>>
    readonly shape: readonly number[]
    readonly dtype: unknown
    readonly value: unknown
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name?: string)
  }
}
