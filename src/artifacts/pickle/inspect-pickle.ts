import { basename, extname } from 'node:path'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits, Producer } from '../artifact.ts'
import { ByteStream, filePieces } from '../byte-stream.ts'
import { DETECTED_BYTES, detectCompression } from '../compression/detect.ts'
import { contentPieces } from '../compression/open-content.ts'
import { withFileWindow } from '../file-window.ts'
import { conclude } from '../inspection.ts'
import { deniedBecause } from '../globals/denied.ts'
import type { GlobalPolicy } from '../policy.ts'
import { objectFacts } from '../sklearn/object-facts-of.ts'
import { Unreadable } from '../unreadable.ts'
import { globalPath, judgeGlobals } from '../verdict.ts'
import { joblibArrays, type JoblibArrays } from './joblib-arrays.ts'
import { runPickle } from './machine.ts'
import type { PyGlobal, PyNode } from './node.ts'
import { exhaustions, startBudget, type Budget, type PickleOptions, type PickleRun } from './run.ts'

/** No file holds more pickles one after the other than the old format of PyTorch, which has five. */
const MOST_PICKLES = 1000

/**
 * Inspects a file of pickle or joblib, compressed or not.
 *
 * @param now - Milliseconds on a clock that never goes back.
 * @returns An inspection whatever the bytes are: what is not understood is inconclusive.
 * @throws InputError when the file cannot be read.
 * Complexity: O(bytes); arrays beyond the limits are read past without being kept.
 */
export async function inspectPickle(
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
): Promise<Inspection> {
  const { start, size } = await withFileWindow(path, async (file) => ({
    start: (await file.read(0, Math.min(DETECTED_BYTES, file.size))).slice(),
    size: file.size,
  }))
  const compression = detectCompression(start)
  const budget = startBudget(limits, now)
  const open = (): ByteStream =>
    new ByteStream(
      compression === undefined ? filePieces(path) : contentPieces(path, size, compression, limits),
    )
  const found = await readPickles(open(), { budget })
  const other = await otherReading(open, found.arrays, budget)
  const told = new Set(found.problems.map(({ code }) => code))
  const others = other.problems.filter(({ code }) => !told.has(code))
  const isJoblib =
    compression !== undefined || found.arrays.count > 0 || extname(basename(path)) === '.joblib'
  const globals = [...found.globals, ...other.globals]
  const isOldLayout = start[0] === 0x5a && start[1] === 0x46
  const layout: readonly GradedFinding[] = isOldLayout
    ? [{ severity: 'inconclusive', code: 'JOBLIB_LAYOUT_OLD', args: { class: 'ZFile' } }]
    : []
  return conclude(isJoblib ? 'joblib' : 'pickle', {
    reasons: [...layout, ...found.problems, ...others, ...judgeGlobals(globals, policy)],
    globals: globals.map(globalPath),
    producers: found.producers,
    object: objectFacts(found.root, { ...limits, nodes: visitsFor(found.bytes, limits) }),
  })
}

/** Honest objects share little: one that refers to its parts again and again is no larger than its bytes. */
function visitsFor(bytes: number, { nodes }: InspectionLimits): number {
  return Math.min(nodes, 1000 + 8 * bytes)
}

/** The pickles of one stream, one after the other. */
interface PickleContent {
  /** Of the first pickle. */
  readonly root: PyNode
  readonly globals: readonly PyGlobal[]
  readonly problems: readonly GradedFinding[]
  readonly producers: readonly Producer[]
  readonly arrays: JoblibArrays
  /** How many were read. */
  readonly bytes: number
}

async function readPickles(stream: ByteStream, options: PickleOptions): Promise<PickleContent> {
  const joblib = joblibArrays(runPickle)
  const runs: PickleRun[] = []
  const problems: GradedFinding[] = []
  try {
    do {
      const run = await runPickle(stream, { ...options, afterBuild: joblib.afterBuild })
      if (runs.length > 0 && !run.complete) {
        problems.push(trailing(stream.position - run.bytes), ...run.problems)
      } else {
        problems.push(...run.problems)
      }
      runs.push(run)
    } while (
      runs.at(-1)?.complete === true &&
      runs.length < MOST_PICKLES &&
      (await stream.waitFor(1))
    )
    if (runs.length === MOST_PICKLES) problems.push(trailing(stream.position))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    problems.push(error.finding)
  } finally {
    await stream.close()
  }
  const whole = runs.filter(({ complete }) => complete).length
  if (whole > 1) problems.push({ severity: 'notice', code: 'PICKLE_MORE', args: { count: whole } })
  return {
    root: runs[0]?.root ?? { kind: 'none' },
    globals: runs.flatMap(({ globals }) => globals),
    problems,
    producers: distinct(runs.flatMap(({ producers }) => producers)),
    arrays: joblib.seen(),
    bytes: stream.position,
  }
}

function trailing(offset: number): GradedFinding {
  return { severity: 'inconclusive', code: 'PICKLE_TRAILING', args: { offset } }
}

/** What one loader takes for an array is a sequence of instructions to another one. */
async function otherReading(
  open: () => ByteStream,
  { hasAmbiguousElements, hasObjects }: JoblibArrays,
  budget: Budget,
): Promise<Pick<PickleContent, 'globals' | 'problems'>> {
  if (!hasAmbiguousElements && !hasObjects) return { globals: [], problems: [] }
  const other = await readPlainly(open(), budget)
  if (hasAmbiguousElements) return other
  return { ...other, globals: other.globals.filter((global) => !isMixedUpDtype(global)) }
}

/**
 * The pickle of an array of objects names `numpy.dtype` through its own memo. To a loader that goes on
 * with the outer memo, any text of the object may stand in the place of `numpy`, such as the name of a
 * parameter. Such a name reaches no function: what is called `dtype` is a type wherever it exists.
 */
function isMixedUpDtype({ module, name }: PyGlobal): boolean {
  return (
    name === 'dtype' && /^[A-Za-z_]\w*$/.test(module) && deniedBecause(module, name) === undefined
  )
}

/** What Python's own loader would refer to, which knows nothing of arrays between instructions. */
async function readPlainly(
  stream: ByteStream,
  budget: Budget,
): Promise<Pick<PickleContent, 'globals' | 'problems'>> {
  try {
    const run = await runPickle(stream, { budget })
    return { globals: run.globals, problems: exhaustions(run) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { globals: [], problems: [error.finding] }
  } finally {
    await stream.close()
  }
}

function distinct(producers: readonly Producer[]): readonly Producer[] {
  const byName = new Map(producers.map((one) => [`${one.library} ${String(one.version)}`, one]))
  return [...byName.values()]
}
