import { posix } from 'node:path'
import type { Location } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, Severity } from '../core/finding.ts'
import { compilerNotes, sourceRequirements } from './compiled-from.ts'
import { decodeRequirements, logicalLines } from './logical-lines.ts'
import type { VersionRules } from './version-rules.ts'
import type { RequirementOption } from './option-line.ts'
import { refusalFinding, type LoadRefusal } from './refusals.ts'
import { parseRequirementLine } from './requirement-line.ts'
import { judgeSet } from './requirement-set.ts'
import type { Reading, Requirement, RequirementSet } from './requirement.ts'

/** The bytes of a file, or why there are none. */
export type LoadFile = (path: string) => Promise<Uint8Array | LoadRefusal>

/** Characters of one line after joining; a requirement with the hashes of all its wheels has some thousand. */
const LINE_LIMIT = 64 * 1024

/** Nesting beyond this is not a project's structure any more. */
const DEPTH_LIMIT = 20

/**
 * Reads requirement files with everything they include (`-r`, `-c`, relative to the including file)
 * as pip does, and judges how exactly each requirement is pinned. Environment variables are not
 * expanded: the result must not depend on the machine.
 *
 * @param paths - with forward slashes; included paths are joined to the folder of the including file.
 * @param load - gives the bytes of such a path and keeps reading within the project.
 * @returns what was read; problems are findings, never exceptions.
 */
export async function readRequirements(
  paths: readonly string[],
  load: LoadFile,
): Promise<RequirementSet> {
  const { default: versions }: { readonly default: VersionRules } =
    await import('@renovatebot/pep440')
  const reading = createReading()
  for (const path of paths) await readFile(path, { load, reading, chain: [], constraint: false })
  return judgeSet(reading, versions)
}

function createReading(): Reading {
  return {
    requirements: [],
    constraints: [],
    direct: [],
    findings: [],
    files: [],
    switches: new Map(),
  }
}

interface Visit {
  readonly load: LoadFile
  readonly reading: Reading
  /** The including files, outermost first. */
  readonly chain: readonly string[]
  readonly constraint: boolean
  readonly from?: Location
}

async function readFile(path: string, visit: Visit): Promise<void> {
  const { reading, chain } = visit
  const refuse = (severity: Severity, code: FindingCode, args: FindingArgs = {}) => {
    reading.findings.push({
      severity,
      code,
      args: { file: path, ...args },
      location: visit.from ?? { path },
    })
  }
  if (chain.includes(path)) {
    refuse('fail', 'REQUIREMENTS_INCLUDE_CYCLE', { chain: [...chain, path].join(' → ') })
    return
  }
  if (chain.length > DEPTH_LIMIT) {
    refuse('inconclusive', 'REQUIREMENTS_INCLUDE_TOO_DEEP', { limit: DEPTH_LIMIT })
    return
  }
  const bytes = await visit.load(path)
  if (typeof bytes === 'string') {
    reading.findings.push(refusalFinding(path, bytes, visit.from))
    return
  }
  if (!reading.files.includes(path)) reading.files.push(path)
  const text = decodeRequirements(bytes)
  if (text === undefined) {
    refuse('inconclusive', 'REQUIREMENTS_NOT_TEXT')
    return
  }
  await readNotes(text, path, visit)
  for (const logical of logicalLines(text)) {
    const location = { path, line: logical.line }
    for (const lost of logical.swallowed) {
      reading.findings.push({
        severity: 'fail',
        code: 'REQUIREMENT_SWALLOWED',
        args: { file: path, line: lost.line, text: lost.text },
        location: { path, line: lost.line },
      })
    }
    if (logical.text.length > LINE_LIMIT) {
      reading.findings.push({
        severity: 'inconclusive',
        code: 'REQUIREMENTS_LINE_TOO_LONG',
        args: { file: path, line: logical.line, limit: LINE_LIMIT },
        location,
      })
    } else if (logical.text !== '') await readLine(logical.text, location, visit)
  }
}

/** What the compiler of the file wrote into its comments. */
async function readNotes(text: string, path: string, { load, reading }: Visit): Promise<void> {
  const { omitted, sources } = compilerNotes(text)
  if (omitted !== undefined) {
    const { line, names } = omitted
    reading.findings.push({
      severity: 'warn',
      code: 'REQUIREMENTS_OMITTED',
      args: { file: path, line, names },
      location: { path, line },
    })
  }
  for (const name of sources) {
    const source = posix.join(posix.dirname(path), name)
    const bytes = await load(source)
    const found = typeof bytes === 'string' ? undefined : decodeRequirements(bytes)
    if (found !== undefined) reading.direct.push(...sourceRequirements(found, source))
  }
}

async function readLine(
  text: string,
  location: Location & { line: number },
  visit: Visit,
): Promise<void> {
  const { reading } = visit
  const line = parseRequirementLine(text)
  switch (line.kind) {
    case 'invalid':
      reading.findings.push({
        severity: 'fail',
        code: 'REQUIREMENTS_LINE_INVALID',
        args: { file: location.path, line: location.line, reason: line.reason },
        location,
      })
      return
    case 'requirement':
      place(line.requirement, location, visit)
      return
    case 'options':
      for (const option of line.options) noteSwitch(option, location, reading)
      await include(line.options, location, visit)
  }
}

function place(
  requirement: Requirement,
  location: Location & { line: number },
  { reading, constraint }: Visit,
): void {
  const list = constraint ? reading.constraints : reading.requirements
  list.push({ requirement, file: location.path, line: location.line })
}

const SWITCHES = [
  'require-hashes',
  'no-require-hashes',
  'pre',
  'extra-index-url',
  'trusted-host',
  'hash',
]

function noteSwitch(option: RequirementOption, location: Location, reading: Reading): void {
  const isInsecureIndex = option.name === 'index-url' && /^http:/i.test(option.value)
  const name = isInsecureIndex ? 'insecure-index' : option.name
  if ((SWITCHES.includes(name) || isInsecureIndex) && !reading.switches.has(name)) {
    reading.switches.set(name, location)
  }
}

async function include(
  options: readonly RequirementOption[],
  location: Location,
  visit: Visit,
): Promise<void> {
  // pip follows one include per line, and a requirement file before a constraint file.
  const option =
    options.find(({ name }) => name === 'requirement') ??
    options.find(({ name }) => name === 'constraint')
  if (option === undefined) return
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(option.value)) {
    visit.reading.findings.push({
      severity: 'inconclusive',
      code: 'REQUIREMENTS_INCLUDE_REMOTE',
      args: { file: option.value },
      location,
    })
    return
  }
  const path = posix.isAbsolute(option.value)
    ? option.value
    : posix.join(posix.dirname(location.path), option.value)
  await readFile(path, {
    ...visit,
    chain: [...visit.chain, location.path],
    constraint: option.name === 'constraint',
    from: location,
  })
}
