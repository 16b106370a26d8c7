import type { Location } from '../core/evidence.ts'

/** A failure that somebody accepts for a time. Days are UTC, the end day included. */
export interface Waiver {
  readonly item: string
  readonly reason: string
  readonly owner: string
  readonly created: string
  readonly expires: string
  /** Who else has looked at it. */
  readonly reviewer?: string
  /** 64 lower-case hexadecimal digits. */
  readonly modelSha256?: string
  readonly location: Location
}
