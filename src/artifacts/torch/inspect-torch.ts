import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits } from '../artifact.ts'
import { ByteStream, filePieces } from '../byte-stream.ts'
import { withFileWindow } from '../file-window.ts'
import { inspected, type Found } from '../inspection.ts'
import type { ObjectFacts } from '../object-facts.ts'
import { runPickle } from '../pickle/machine.ts'
import type { PyGlobal, PyNode } from '../pickle/node.ts'
import { readPlainPickles, type PlainPickles } from '../pickle/plain-pickles.ts'
import { startBudget, type Budget, type PickleOptions, type PickleRun } from '../pickle/run.ts'
import type { GlobalPolicy } from '../policy.ts'
import { objectFacts } from '../sklearn/object-facts-of.ts'
import { Unreadable } from '../unreadable.ts'
import { globalPath, judgeGlobals } from '../verdict.ts'
import { openZip, type ZipArchive } from '../zip/open-zip.ts'
import { storageOf, type Storage } from './storage.ts'
import { Tensors } from './tensors.ts'

/** A pickle names tensors and does not hold them. */
const PICKLE_BYTES = 256 * 1024 * 1024

/** Names of members whose contents are pickles, whoever reads them. */
const PICKLES = /\.(pkl|debug_pkl|pickle)$/

/**
 * Reads a file of `torch.save`: the archive of today, or the five pickles of old. Tensors are told by name,
 * shape and type; their numbers are not read.
 *
 * @param now - Milliseconds of a clock, for the limit of time.
 * @returns Inconclusive for TorchScript, whose code is not read, and for what is not whole.
 * @throws InputError when there is no file that can be read.
 * Source: torch/serialization.py
 */
export function inspectTorch(
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
): Promise<Inspection> {
  const reader = new PickleReader(limits, startBudget(limits, now))
  return inspected('torch', async () => {
    const found = (await isZip(path))
      ? await readZip(path, limits, reader)
      : await readLegacy(path, limits, reader)
    return {
      ...found,
      reasons: [
        ...(found.reasons ?? []),
        ...reader.problems,
        ...judgeGlobals(reader.globals, policy),
      ],
      globals: reader.globals.map(globalPath),
      producers: [{ library: 'torch', version: null }],
    }
  })
}

function isZip(path: string): Promise<boolean> {
  return withFileWindow(path, async (file) => {
    if (file.size < 4) return false
    return Buffer.from(await file.read(0, 4)).toString('latin1') === 'PK\x03\x04'
  })
}

async function readZip(
  path: string,
  limits: InspectionLimits,
  reader: PickleReader,
): Promise<Found> {
  const archive = await openZip(path, limits)
  try {
    return await readArchive(archive, limits, reader)
  } finally {
    archive.close()
  }
}

async function readArchive(
  archive: ZipArchive,
  limits: InspectionLimits,
  reader: PickleReader,
): Promise<Found> {
  const [first] = archive.entries
  const prefix = `${first?.name.split('/', 1)[0] ?? ''}/`
  const reasons: GradedFinding[] = [...archive.problems]
  if (!archive.entries.every(({ name }) => name.startsWith(prefix))) {
    reasons.push(malformed('its members lie in more than one folder'))
  }
  if (archive.entries.some(({ name }) => name.startsWith(`${prefix}code/`))) {
    reasons.push({ code: 'TORCH_SCRIPT_CODE', severity: 'inconclusive', args: {} })
  }
  let root: PyNode = { kind: 'none' }
  for (const { name } of archive.entries.filter((entry) => PICKLES.test(entry.name))) {
    const bytes = await archive.read(name, PICKLE_BYTES)
    const run = await reader.readMember(bytes)
    if (run.isFollowed) reasons.push(malformed(`more bytes follow the pickle ${name}`))
    if (name === `${prefix}data.pkl`) root = run.root
  }
  if (!archive.has(`${prefix}data.pkl`)) reasons.push(malformed('it has no data.pkl'))
  const order = archive.has(`${prefix}byteorder`)
    ? Buffer.from(await archive.read(`${prefix}byteorder`, 16)).toString('latin1')
    : 'little'
  for (const each of storageProblems(archive, prefix, reader.storages)) reasons.push(each)
  const { object, problems } = described(root, limits, order === 'big')
  return { reasons: [...reasons, ...problems], object }
}

/** A storage that is missing or of another size would be read as other numbers. */
function storageProblems(
  archive: ZipArchive,
  prefix: string,
  storages: readonly Storage[],
): readonly GradedFinding[] {
  const sizes = new Map(archive.entries.map(({ name, size }) => [name, size]))
  const broken = storages.find(({ key, type, elements }) => {
    return sizes.get(`${prefix}data/${key}`) !== elements * (type?.bytes ?? 1)
  })
  return broken === undefined
    ? []
    : [malformed(`the storage ${broken.key} is missing or not whole`)]
}

/** Magic number, version, machine, object and the keys of the storages, whose numbers then follow. */
async function readLegacy(
  path: string,
  limits: InspectionLimits,
  reader: PickleReader,
): Promise<Found> {
  const stream = new ByteStream(filePieces(path))
  try {
    const magic = await reader.run(stream)
    if (magic.root.kind !== 'int' || magic.root.value !== 0x1950a86a20f9469cfc6cn) {
      return { reasons: [malformed('it is neither an archive nor the format before 1.6')] }
    }
    await reader.run(stream)
    await reader.run(stream)
    const object = await reader.run(stream)
    const keys = await reader.run(stream)
    const { problems, ...found } = described(object.root, limits, false)
    const isWhole =
      keys.root.kind === 'list' && (await passStorages(stream, keys.root.items, reader))
    const broken = isWhole ? [] : [malformed('its storages are missing or not whole')]
    return { ...found, reasons: [...problems, ...broken] }
  } finally {
    await stream.close()
  }
}

/** Each storage is its number of elements and their bytes, in the order of the keys. */
async function passStorages(
  stream: ByteStream,
  keys: readonly PyNode[],
  reader: PickleReader,
): Promise<boolean> {
  const known = new Map(reader.storages.map((storage) => [storage.key, storage]))
  for (const key of keys) {
    const storage = key.kind === 'text' ? known.get(key.value) : undefined
    if (storage === undefined) return false
    const bytes = 8 + storage.elements * (storage.type?.bytes ?? 1)
    if (!(await stream.pass(bytes, () => undefined))) return false
  }
  return !(await stream.waitFor(1))
}

interface Described {
  readonly object: ObjectFacts | null
  readonly problems: readonly GradedFinding[]
}

function described(root: PyNode, limits: InspectionLimits, isBig: boolean): Described {
  const tensors = new Tensors(isBig)
  const object = objectFacts(root, limits, (node) => tensors.facts(node))
  return { object, problems: [...tensors.problems].map(malformed) }
}

/** Runs the pickles of one file in one budget, and keeps what they refer to. */
class PickleReader {
  /** By module and name apart: two pairs may be spelled alike. */
  readonly #globals = new Map<string, PyGlobal>()
  readonly problems: GradedFinding[] = []
  readonly storages: Storage[] = []
  readonly #limits: InspectionLimits
  readonly #budget: Budget

  constructor(limits: InspectionLimits, budget: Budget) {
    this.#limits = limits
    this.#budget = budget
  }

  get globals(): readonly PyGlobal[] {
    return [...this.#globals.values()]
  }

  /** One of the pickles that follow one another in a file. */
  async run(stream: ByteStream): Promise<PickleRun> {
    return this.#kept(await runPickle(stream, this.#options()))
  }

  /** The pickle that is a member of an archive. */
  async readMember(bytes: Uint8Array): Promise<PlainPickles> {
    return this.#kept(await readPlainPickles(bytes, this.#options()))
  }

  #options(): PickleOptions {
    if (this.#budget.now() > this.#budget.deadline) {
      throw new Unreadable('INSPECTION_TIME_OUT', { limit: this.#limits.timeMs })
    }
    return { budget: this.#budget, persistent: (id) => this.#storage(id) }
  }

  #kept<Run extends PickleRun | PlainPickles>(run: Run): Run {
    this.problems.push(...run.problems)
    for (const global of run.globals) this.#globals.set(`${global.module}\n${global.name}`, global)
    return run
  }

  #storage(id: PyNode): PyNode | undefined {
    const storage = storageOf(id)
    if (storage === undefined) return undefined
    this.storages.push(storage)
    return { kind: 'persistent', id }
  }
}

function malformed(reason: string): GradedFinding {
  return new Unreadable('TORCH_MALFORMED', { reason }).finding
}
