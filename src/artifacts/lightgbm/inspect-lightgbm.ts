import { InputError } from '../../core/errors.ts'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection } from '../artifact.ts'
import { withFileWindow, type FileWindow } from '../file-window.ts'
import { inspected, malformed, record, type Found } from '../inspection.ts'
import type { ObjectFacts } from '../object-facts.ts'

/** The names of a million features fit. */
const HEADER_BYTES = 64 * 1024 * 1024

/**
 * What the header of a LightGBM model says: features, their ranges, objective; and whether its trees
 * stand where the header says, as LightGBM itself relies on it.
 *
 * @param path - absolute.
 * @returns inconclusive for a file that LightGBM would misread: line ends that were changed, trees that
 *   are missing or longer than the header says.
 * Source: LightGBM 4.7, `src/boosting/gbdt_model_text.cpp`.
 */
export function inspectLightgbm(path: string): Promise<Inspection> {
  return inspected('lightgbm', () =>
    withFileWindow(path, async (file) => {
      const { text, end } = await readHeader(file)
      const hasReturns = text.includes('\r')
      const fields = fieldsOf(text)
      const reasons: GradedFinding[] = hasReturns
        ? [{ code: 'LIGHTGBM_CARRIAGE_RETURNS', severity: 'inconclusive', args: {} }]
        : await treeProblems(file, end, fields)
      return describe(fields, reasons)
    }),
  )
}

interface Header {
  readonly text: string
  /** Where the first tree begins. */
  readonly end: number
}

/** Everything up to the blank line in front of the trees. */
async function readHeader(file: FileWindow): Promise<Header> {
  for (let length = 64 * 1024; ; length *= 8) {
    const bytes = await file.read(0, Math.min(length, file.size))
    const text = Buffer.from(bytes).toString('latin1')
    const blank = /\r?\n\r?\n/.exec(text)
    if (blank !== null) {
      const end = blank.index + blank[0].length
      return { text: Buffer.from(bytes.subarray(0, end)).toString('utf8'), end }
    }
    if (length >= file.size || length >= HEADER_BYTES) {
      throw new InputError(`${file.name} ends inside its header`)
    }
  }
}

type Fields = ReadonlyMap<string, string>

function fieldsOf(text: string): Fields {
  const pairs = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const at = line.indexOf('=')
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
  })
  return new Map(pairs)
}

async function treeProblems(
  file: FileWindow,
  start: number,
  fields: Fields,
): Promise<GradedFinding[]> {
  const sizes = words(fields.get('tree_sizes')).map(Number)
  if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    return [malformed('its tree_sizes are no numbers')]
  }
  let at = start
  for (const [index, size] of [...sizes, 0].entries()) {
    const expected = index < sizes.length ? `Tree=${String(index)}\n` : 'end of trees'
    const end = at + expected.length
    const found = end > file.size ? '' : Buffer.from(await file.read(at, end)).toString('latin1')
    if (found !== expected) {
      const args = { tree: index, trees: sizes.length }
      return [{ code: 'LIGHTGBM_TREE_SIZES', severity: 'inconclusive', args }]
    }
    at += size
  }
  return isEnded(fields, await tailOf(file, at))
    ? []
    : [malformed('it is cut off behind its trees')]
}

/** What stands behind the trees is short: importances and the parameters of the training. */
const TAIL_BYTES = 64 * 1024

async function tailOf(file: FileWindow, treesEnd: number): Promise<string> {
  const start = Math.max(treesEnd, file.size - TAIL_BYTES)
  return Buffer.from(await file.read(start, file.size)).toString('latin1')
}

/** The formats before v3 end with the trees. */
function isEnded(fields: Fields, tail: string): boolean {
  const isOld = /^v[12]$/.test(fields.get('version') ?? '')
  return tail.endsWith('\n') && (isOld || tail.includes('end of parameters'))
}

function describe(fields: Fields, reasons: readonly GradedFinding[]): Found {
  const names = words(fields.get('feature_names'))
  const infos = words(fields.get('feature_infos'))
  const count = Number(fields.get('max_feature_idx')) + 1
  const problems =
    names.length === count && infos.length === count
      ? reasons
      : [...reasons, malformed('it does not name as many features as it has')]
  return {
    reasons: problems,
    // The file states the version of its format, which outlives versions of the library.
    producers: [{ library: 'lightgbm', version: null }],
    object: booster(fields, names, infos),
  }
}

function booster(fields: Fields, names: readonly string[], infos: readonly string[]): ObjectFacts {
  const isUnnamed = names.every((name, index) => name === `Column_${String(index)}`)
  const ranges = names.map((name, index): [string, ObjectFacts] => [name, featureOf(infos[index])])
  const number = (key: string): number | null => {
    const value = Number(fields.get(key) ?? '')
    return fields.has(key) && Number.isFinite(value) ? value : null
  }
  return {
    kind: 'object',
    class: 'lightgbm.Booster',
    fitted: true,
    features: isUnnamed ? null : names,
    featureCount: names.length,
    parameters: {
      format_version: fields.get('version') ?? null,
      objective: fields.get('objective') ?? null,
      num_class: number('num_class'),
      trees: words(fields.get('tree_sizes')).length,
      feature_infos: record('dict', Object.fromEntries(ranges)),
    },
    steps: [],
  }
}

/** `[low:high]` of a number, the codes of a category, `none` of a feature that no tree could use. */
function featureOf(info = 'none'): ObjectFacts {
  const [, low, high] = /^\[([^:\]]+):([^:\]]+)\]$/.exec(info) ?? []
  if (low !== undefined && high !== undefined) {
    return record('lightgbm.range', { low: Number(low), high: Number(high) })
  }
  if (info === 'none') return record('lightgbm.unused', {})
  return record('lightgbm.categories', { codes: info.split(':').map(Number) })
}

function words(text = ''): readonly string[] {
  return text.split(' ').filter((word) => word !== '')
}
