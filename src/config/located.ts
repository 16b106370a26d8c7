import type { Location } from '../core/evidence.ts'

/** The way to a value of a YAML file: its keys as written there (snake_case) and list positions. */
export type YamlPath = readonly (string | number)[]

/** Something that was loaded from a YAML file and still knows where each value stands. */
export interface Located {
  /** The file's path as the user wrote it. */
  readonly file: string
  /** The place of a value, or of the closest block around it when the file does not have it. */
  readonly locate: (path: YamlPath) => Location
}
