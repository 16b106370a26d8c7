import { readXml, type Element } from './xml.ts'

export interface CoveredFile {
  /** As in the report, with forward slashes. */
  readonly path: string
  readonly executed: readonly number[]
  readonly missed: readonly number[]
  /** Lines that the project takes out of the count. */
  readonly excluded: readonly number[]
}

/** Line coverage by file, from coverage.py's JSON or Cobertura XML. */
export interface CoverageReport {
  readonly format: 'coverage.py' | 'cobertura'
  readonly files: readonly CoveredFile[]
}

type Read = { readonly report: CoverageReport } | { readonly problem: string }

/** Reads a coverage report by its content, or says why it is none. */
export function readCoverage(text: string): Read {
  return text.trimStart().startsWith('{') ? readJson(text) : readCobertura(text)
}

function readJson(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'it is not JSON' }
  }
  const files = memberOf(value, 'files')
  if (typeof files !== 'object' || files === null) {
    return { problem: 'it has no "files" as the JSON of coverage.py has' }
  }
  const read = Object.entries(files).map(([path, file]: [string, unknown]) => ({
    path: path.replaceAll('\\', '/'),
    executed: linesIn(file, 'executed_lines'),
    missed: linesIn(file, 'missing_lines'),
    excluded: linesIn(file, 'excluded_lines') ?? [],
  }))
  const whole = read.flatMap(({ executed, missed, ...rest }) =>
    executed === undefined || missed === undefined ? [] : [{ ...rest, executed, missed }],
  )
  if (whole.length !== read.length) return { problem: 'a file has no list of its lines' }
  return { report: { format: 'coverage.py', files: whole } }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

function linesIn(file: unknown, name: string): readonly number[] | undefined {
  const lines = memberOf(file, name)
  if (!Array.isArray(lines)) return undefined
  const numbers = lines.filter((line): line is number => Number.isSafeInteger(line))
  return numbers.length === lines.length ? numbers : undefined
}

function readCobertura(text: string): Read {
  const xml = readXml(text)
  if ('problem' in xml) return xml
  const { root } = xml
  if (root.name !== 'coverage') return { problem: `its root is ${root.name}, not coverage` }
  const lines = new Map<string, Map<number, boolean>>()
  for (const element of below(root, 'class')) {
    const path = (element.attributes['filename'] ?? '').replaceAll('\\', '/')
    const own = lines.get(path) ?? new Map<number, boolean>()
    lines.set(path, own)
    for (const { attributes } of below(element, 'line')) {
      const [number, hits] = [Number(attributes['number']), Number(attributes['hits'])]
      if (!Number.isSafeInteger(number) || !Number.isFinite(hits)) {
        return { problem: `a line of ${path} has no number or no hits` }
      }
      own.set(number, own.get(number) === true || hits > 0)
    }
  }
  const files = [...lines].map(([path, own]) => {
    const executed = [...own].flatMap(([line, isHit]) => (isHit ? [line] : []))
    const missed = [...own].flatMap(([line, isHit]) => (isHit ? [] : [line]))
    return { path, executed, missed, excluded: [] }
  })
  return { report: { format: 'cobertura', files } }
}

function below(element: Element, name: string): readonly Element[] {
  const own = element.name === name ? [element] : []
  return [...own, ...element.children.flatMap((child) => below(child, name))]
}
