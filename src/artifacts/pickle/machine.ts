import type { GradedFinding } from '../../core/finding.ts'
import type { ByteStream } from '../byte-stream.ts'
import { Unreadable } from '../unreadable.ts'
import { Frames } from './frames.ts'
import { Instructions } from './instructions.ts'
import { passBytes } from './large-bytes.ts'
import { readNested, mayBePickle } from './nested.ts'
import type { PyNode } from './node.ts'
import { settleArrays } from './numpy-values.ts'
import { OPCODES, OPERANDS, type Operand } from './opcodes.ts'
import { unsignedOf } from './operands.ts'
import type { Budget, PickleOptions, PickleRun } from './run.ts'

/** Runs of bytes from this length on are kept only where the budget allows. */
const LONG_RUN = 4096
/** Text is kept whole, so there is a longest one. */
const LONGEST_TEXT = 64 * 1024 * 1024
/** Characters that weigh as much as a number, as a power of 2. */
const BYTES_OF_WEIGHT = 6
const CLOCK_EVERY = 0x3ff
const NOTHING = new Uint8Array()

/**
 * Reads one pickle, of any protocol from 0 to 5, up to its STOP. Nothing is imported, called or
 * constructed.
 *
 * @param stream - Stands after STOP afterwards, or where the reading had to end.
 * @returns What was read; never throws for what the bytes say. A problem means that the pickle was not
 *   understood as a whole, and must not become a pass.
 * @throws what the stream throws when its source breaks.
 * Complexity: O(bytes).
 * Source: the description of every instruction in CPython's Lib/pickletools.py.
 */
export async function runPickle(stream: ByteStream, options: PickleOptions): Promise<PickleRun> {
  const { budget } = options
  const candidates: Uint8Array[] = []
  const instructions = new Instructions(budget.limits.depth, options.persistent, (bytes) => {
    if (mayBePickle(bytes)) candidates.push(bytes)
  })
  const start = stream.position
  const end: GradedFinding[] = []
  const frames = new Frames()
  let root: PyNode = { kind: 'none' }
  let complete = false
  try {
    root = await follow(stream, instructions, frames, options)
    complete = true
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    end.push(error.finding)
  }
  if (!frames.isSound) instructions.report('PICKLE_FRAMES', { offset: start })
  if (instructions.hasOpenFetch) instructions.report('PICKLE_GETATTR', {})
  if (instructions.hasOpenWrapper) instructions.report('PICKLE_CALL_COMPUTED', { offset: start })
  const bytes = stream.position - start
  const nested = await readNested(candidates, options, runPickle)
  for (const global of nested.globals) instructions.addGlobal(global)
  const settled = settleArrays(root)
  return {
    root: settled.root,
    globals: instructions.globals,
    problems: [...instructions.problems, ...settled.problems, ...nested.problems, ...end],
    producers: [...instructions.producers.values()],
    bytes,
    complete,
  }
}

async function follow(
  stream: ByteStream,
  instructions: Instructions,
  frames: Frames,
  options: PickleOptions,
): Promise<PyNode> {
  const { budget } = options
  let last = stream.position
  for (let count = 1; ; count += 1) {
    const offset = stream.position
    frames.pass(last, offset)
    last = offset
    if ((count & CLOCK_EVERY) === 0 && budget.now() > budget.deadline) {
      throw new Unreadable('INSPECTION_TIME_OUT', { limit: budget.limits.timeMs })
    }
    if (!stream.holds(1)) await require(stream, 1)
    const code = stream.byte()
    if (code === OPCODES.STOP) {
      frames.leave(stream.position)
      return instructions.result(offset)
    }
    const operand = OPERANDS[code]
    if (operand === undefined) {
      throw new Unreadable('PICKLE_OPCODE_UNKNOWN', { opcode: code, offset })
    }
    spend(budget, operand.weight)
    if (operand.lines > 0) {
      const text = await lines(stream, operand.lines)
      spend(budget, text.length >> BYTES_OF_WEIGHT)
      instructions.follow(code, text, offset)
      // The line feed.
      stream.byte()
      continue
    }
    const size = operand.prefix === 0 ? operand.fixed : await prefixed(stream, operand)
    if (size >= LONG_RUN && operand.isBinary) {
      instructions.push(await longBytes(stream, size, instructions, options))
      continue
    }
    if (size > LONGEST_TEXT) throw new Unreadable('PICKLE_TEXT_TOO_LONG', { bytes: size, offset })
    if (!stream.holds(size)) await require(stream, size)
    spend(budget, size >> BYTES_OF_WEIGHT)
    const bytes = size === 0 ? NOTHING : stream.take(size)
    if (code === OPCODES.FRAME) frames.open(stream.position, unsignedOf(bytes))
    instructions.follow(code, bytes, offset)
    if (code === OPCODES.BUILD && options.afterBuild !== undefined) {
      const before = stream.position
      await inline(stream, instructions, options)
      if (stream.position > before) frames.leave(before)
      last = stream.position
    }
  }
}

function spend(budget: Budget, weight: number): void {
  budget.nodes -= weight
  if (budget.nodes >= 0) return
  throw new Unreadable('PICKLE_TOO_MANY_OBJECTS', { limit: budget.limits.nodes })
}

async function require(stream: ByteStream, count: number): Promise<void> {
  if (!(await stream.waitFor(count))) {
    throw new Unreadable('PICKLE_CUT_OFF', { offset: stream.position + stream.heldCount })
  }
}

async function prefixed(stream: ByteStream, { prefix }: Operand): Promise<number> {
  if (!stream.holds(prefix)) await require(stream, prefix)
  return unsignedOf(stream.take(prefix))
}

/** The bytes of `count` lines without the last line feed, which stays in the stream. */
async function lines(stream: ByteStream, count: number): Promise<Uint8Array> {
  let length = 0
  for (let line = 0; line < count; line += 1) {
    if (line > 0) length += 1
    for (;;) {
      const found = stream.distanceTo(0x0a, length)
      if (found !== -1) {
        length = found
        break
      }
      length = Math.max(length, stream.heldCount)
      if (length > LONGEST_TEXT) {
        throw new Unreadable('PICKLE_TEXT_TOO_LONG', { bytes: length, offset: stream.position })
      }
      await require(stream, length + 1)
    }
  }
  return stream.take(length)
}

/** Bytes that are too many to keep become an array of them that was skipped. */
async function longBytes(
  stream: ByteStream,
  size: number,
  instructions: Instructions,
  { budget }: PickleOptions,
): Promise<PyNode> {
  const passed = await passBytes(stream, size, budget)
  if (passed === undefined) throw new Unreadable('PICKLE_CUT_OFF', { offset: stream.position })
  if (passed.bytes !== undefined) {
    instructions.seeBytes(passed.bytes)
    return { kind: 'bytes', value: passed.bytes }
  }
  if (mayBePickle(passed.start)) instructions.report('PICKLE_NESTED_UNREAD', { bytes: size })
  const { sha256 } = passed
  return {
    kind: 'array',
    dtype: '|u1',
    shape: [size],
    objects: undefined,
    bytes: undefined,
    sha256,
  }
}

async function inline(
  stream: ByteStream,
  instructions: Instructions,
  options: PickleOptions,
): Promise<void> {
  const object = instructions.top(stream.position)
  if (object.kind !== 'object') return
  const found = await options.afterBuild?.(object, stream, options)
  if (found === undefined) return
  for (const global of found.globals ?? []) instructions.addGlobal(global)
  instructions.problems.push(...(found.problems ?? []))
  if (found.isComplete === false)
    throw new Unreadable('PICKLE_INNER_BROKEN', { offset: stream.position })
  instructions.replaceTop(found.node)
}
