import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits } from '../artifact.ts'
import { inspected, record, type Found } from '../inspection.ts'
import type { ObjectValue } from '../object-facts.ts'
import type { PyGlobal, PyNode } from '../pickle/node.ts'
import { readPlainPickles } from '../pickle/plain-pickles.ts'
import { startBudget, type Budget } from '../pickle/run.ts'
import type { GlobalPolicy } from '../policy.ts'
import { pyValue } from '../sklearn/object-facts-of.ts'
import { Unreadable } from '../unreadable.ts'
import { globalPath, judgeGlobals } from '../verdict.ts'
import { openZip, type ZipArchive } from '../zip/open-zip.ts'
import { readNpy, type NpyContent } from './npy.ts'

/** Elements of most types take up to 8 bytes; text takes more and is still listed when it is short. */
const BYTES_PER_ELEMENT = 16

/** A pickle inside is read as a whole. */
const PICKLE_BYTES = 256 * 1024 * 1024

/**
 * Reads a file of `numpy.save`: its array, and the globals of the pickle that holds its objects.
 *
 * @param now - Milliseconds of a clock, for the limit of time.
 * @returns An object `numpy.ndarray` with the parameter `array`; inconclusive when the file is not whole.
 * @throws InputError when there is no file that can be read.
 */
export function inspectNpy(
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
): Promise<Inspection> {
  const reader = new ArrayReader(limits, startBudget(limits, now))
  return inspected('npy', async () => {
    const array = await reader.read(filePieces(path), basename(path))
    return reader.found('numpy.ndarray', { array }, policy)
  })
}

/**
 * Reads a file of `numpy.savez`: each array under its name.
 *
 * @param now - Milliseconds of a clock, for the limit of time.
 * @returns An object `numpy.npz` with a parameter for each array; inconclusive when one cannot be read, or
 *   a member is no array.
 * @throws InputError when there is no file that can be read.
 */
export function inspectNpz(
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
): Promise<Inspection> {
  const reader = new ArrayReader(limits, startBudget(limits, now))
  return inspected('npz', async () => {
    const archive = await openZip(path, limits)
    try {
      return await readArchive(archive, reader, policy)
    } finally {
      archive.close()
    }
  })
}

async function readArchive(
  archive: ZipArchive,
  reader: ArrayReader,
  policy: GlobalPolicy,
): Promise<Found> {
  const arrays: [string, ObjectValue][] = []
  for (const { name } of archive.entries) {
    try {
      const array = await reader.read(archive.stream(name), name)
      arrays.push([name.replace(/\.npy$/, ''), array])
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      reader.problems.push(error.finding)
    }
  }
  const found = reader.found('numpy.npz', Object.fromEntries(arrays), policy)
  return { ...found, reasons: [...archive.problems, ...(found.reasons ?? [])] }
}

/** Reads arrays one after the other, and collects what their pickles refer to. */
class ArrayReader {
  readonly problems: GradedFinding[] = []
  readonly #globals = new Map<string, PyGlobal>()
  readonly #limits: InspectionLimits
  readonly #budget: Budget

  constructor(limits: InspectionLimits, budget: Budget) {
    this.#limits = limits
    this.#budget = budget
  }

  async read(parts: AsyncIterable<Uint8Array>, name: string): Promise<ObjectValue> {
    if (this.#budget.now() > this.#budget.deadline) {
      throw new Unreadable('INSPECTION_TIME_OUT', { limit: this.#limits.timeMs })
    }
    const listed = this.#limits.listedElements * BYTES_PER_ELEMENT
    const keptBytes = Math.min(listed, this.#budget.keptBytes)
    const content = await readNpy(parts, name, { keptBytes, pickleBytes: PICKLE_BYTES })
    const node = content.kind === 'plain' ? content.array : await this.#unpickled(content, name)
    if (node.kind === 'array') this.#budget.keptBytes -= node.bytes?.length ?? 0
    return pyValue(node, this.#limits)
  }

  async #unpickled(
    { pickle }: Extract<NpyContent, { kind: 'pickled' }>,
    name: string,
  ): Promise<PyNode> {
    const run = await readPlainPickles(pickle, { budget: this.#budget })
    this.problems.push(...run.problems)
    for (const global of run.globals) this.#globals.set(`${global.module}\n${global.name}`, global)
    if (run.isFollowed) {
      const reason = 'more bytes follow the pickle in it'
      this.problems.push(new Unreadable('NPY_UNREADABLE', { name, reason }).finding)
    }
    return run.root
  }

  found(
    name: string,
    parameters: Readonly<Record<string, ObjectValue>>,
    policy: GlobalPolicy,
  ): Found {
    return {
      reasons: [...this.problems, ...judgeGlobals([...this.#globals.values()], policy)],
      globals: [...this.#globals.values()].map(globalPath),
      object: record(name, parameters),
    }
  }
}

async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of createReadStream(path)) yield part as Uint8Array
  } catch (error) {
    throw new InputError(`${basename(path)} cannot be read`, { cause: error })
  }
}
