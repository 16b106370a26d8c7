import type { Location } from '../core/evidence.ts'

/** What a person vouches for. Days are UTC, the end day included. */
export interface Attestation {
  readonly item: string
  readonly statement: string
  readonly owner: string
  readonly date: string
  readonly expires: string
  /** Who else has looked at it. */
  readonly reviewer?: string
  readonly evidence?: string
  /** Whether `evidence` is a file that is there; an address is not looked up. */
  readonly evidenceState: 'none' | 'found' | 'missing' | 'address'
  /** 64 lower-case hexadecimal digits. */
  readonly modelSha256?: string
  readonly location: Location
}
