import type { GradedFinding } from '../../core/finding.ts'
import { bytesStream, type ByteStream } from '../byte-stream.ts'
import type { PyGlobal } from './node.ts'
import { OPERANDS } from './opcodes.ts'
import { latin1Of } from './operands.ts'
import { exhaustions, type PickleOptions, type PickleRun } from './run.ts'

/** Pickles inside pickles inside pickles: no library writes more. */
const DEEPEST = 4
/** Longer bytes are searched at their start alone. */
const SEARCHED = 64 * 1024

const PROTOCOL = 0x80
const STACK_GLOBAL = 0x93
const HIGHEST_PROTOCOL = 5

/** The second line of a reference as protocols 0 to 3 write it. */
const REFERENCE_NAME = /^[A-Za-z_][\w.]*$/
/** A name that Python could import. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_<>][\p{L}\p{N}_<>]*)*$/u

/** Whether bytes could begin a pickle that refers to something; quick, and true too often. */
export function mayBePickle(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false
  if (bytes[0] === PROTOCOL) return (bytes[1] as number) <= HIGHEST_PROTOCOL
  // Most bytes are numbers, and most of those begin with what is no instruction.
  if (OPERANDS[bytes[0] as number] === undefined) return false
  const searched = bytes.length > SEARCHED ? bytes.subarray(0, SEARCHED) : bytes
  return searched.includes(STACK_GLOBAL) || hasReference(latin1Of(searched))
}

/** Line by line: one expression over both lines takes quadratic time on a long word. */
function hasReference(text: string): boolean {
  const lines = text.split('\n')
  // What follows the last line feed is no whole line.
  return lines.some(
    (line, index) =>
      index + 2 < lines.length &&
      REFERENCE_NAME.test(lines[index + 1] as string) &&
      endsInModule(line),
  )
}

/** Whether a line ends in an instruction and the name of a module. */
function endsInModule(line: string): boolean {
  for (let at = line.length - 2; at >= 0 && /[\w.]/.test(line[at + 1] as string); at -= 1) {
    if (/[ci]/.test(line[at] as string) && /[A-Za-z_]/.test(line[at + 1] as string)) return true
  }
  return false
}

/**
 * What pickles inside bytes and text refer to: they are not loaded by the outer one, and what is loaded
 * may load them.
 *
 * @param runPickle - Reads each of them.
 * @returns Nothing for bytes that only look like one: those whose names could not be imported.
 */
export async function readNested(
  candidates: readonly Uint8Array[],
  options: PickleOptions,
  runPickle: (stream: ByteStream, options: PickleOptions) => Promise<PickleRun>,
): Promise<{ globals: readonly PyGlobal[]; problems: readonly GradedFinding[] }> {
  const level = options.level ?? 0
  const globals: PyGlobal[] = []
  const problems: GradedFinding[] = []
  let count = 0
  for (const bytes of candidates) {
    if (level >= DEEPEST) {
      problems.push({
        severity: 'inconclusive',
        code: 'PICKLE_NESTED_UNREAD',
        args: { bytes: bytes.length },
      })
      break
    }
    const inner = { budget: options.budget, level: level + 1 }
    const run = await runPickle(bytesStream(bytes), inner)
    const named = run.globals.filter(({ module, name }) => NAME.test(module) && NAME.test(name))
    if (named.length === 0) {
      problems.push(...exhaustions(run))
      continue
    }
    count += 1
    for (const global of named) globals.push(global)
    problems.push(...run.problems)
  }
  if (count > 0) problems.push({ severity: 'notice', code: 'PICKLE_NESTED', args: { count } })
  return { globals, problems }
}
