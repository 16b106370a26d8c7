import type { Source } from './evidence.ts'

/**
 * What was found of one thing the audit can know. `absent` (nobody says where it is, or it is not
 * there) and `unreadable` (it is there and could not be understood) are different facts.
 */
export type Fact<T> =
  | {
      readonly key: string
      readonly state: 'present'
      readonly value: T
      readonly source: Source
    }
  | {
      readonly key: string
      readonly state: 'absent'
      /** Where it was looked for: manifest blocks, paths. */
      readonly looked: readonly Source[]
      /** The manifest block that would provide it, as a dotted path. */
      readonly block?: string
    }
  | {
      readonly key: string
      readonly state: 'unreadable'
      readonly reason: string
      readonly source: Source
      /** The flag or step that would make it readable, where there is one. */
      readonly remedy?: string
    }
