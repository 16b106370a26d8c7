import { createHash } from 'node:crypto'
import type { ByteStream } from '../byte-stream.ts'
import type { Budget } from './run.ts'

/** Runs of this length, such as the parameters of a scaler, are kept when the budget of long ones is used up. */
const SMALL = 4096
/** A longer run is nobody's parameter. */
const LARGEST_KEPT = 32 * 1024 * 1024

export interface PassedBytes {
  /** `undefined` when they are too many to keep. */
  readonly bytes: Uint8Array | undefined
  readonly sha256: string
  /** The first ones, whether kept or not. */
  readonly start: Uint8Array
}

/**
 * Reads past `count` bytes with their digest, and keeps them where the budget allows.
 *
 * @returns `undefined` when the stream ends before.
 */
export async function passBytes(
  stream: ByteStream,
  count: number,
  budget: Budget,
  mayKeep = true,
): Promise<PassedBytes | undefined> {
  const keeps = mayKeep && claim(count, budget)
  const digest = createHash('sha256')
  // The budget was asked before; nobody sees bytes that did not come.
  const bytes = keeps ? Buffer.allocUnsafeSlow(count) : undefined
  let start: Uint8Array = new Uint8Array()
  let at = 0
  const whole = await stream.pass(count, (piece) => {
    digest.update(piece)
    if (start.length === 0) start = piece.slice(0, 16)
    bytes?.set(piece, at)
    at += piece.length
  })
  if (!whole) return undefined
  return { bytes, sha256: digest.digest('hex'), start }
}

function claim(count: number, budget: Budget): boolean {
  if (count > LARGEST_KEPT) return false
  if (count <= budget.keptBytes) {
    budget.keptBytes -= count
    return true
  }
  if (count > SMALL || count > budget.keptSmallBytes) return false
  budget.keptSmallBytes -= count
  return true
}
