import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url))
const ROOTS = ['artifacts', 'sklearn/models']
/** Generators and accounts stand beside the artefacts. */
const NO_ARTEFACTS = new Set(['.py', '.ts', '.md'])

/** A fixture that is mutated, with what must lie beside it. */
export interface Subject {
  /** Below `fixtures`. */
  readonly name: string
  readonly bytes: Buffer
  /** Where the mutant is written in an empty folder. */
  readonly target: string
  /** What is inspected in that folder; empty for the folder itself. */
  readonly opened: string
  /** The other files of the folder, by name. */
  readonly others: ReadonlyMap<string, Buffer>
}

/** Every artefact in `fixtures`, sorted by name. */
export function allSubjects(): readonly Subject[] {
  return ROOTS.flatMap((root) => filesBelow(join(FIXTURES, root)))
    .filter((file) => !NO_ARTEFACTS.has(extname(file)))
    .map(subjectOf)
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .sort()
}

function subjectOf(file: string): Subject {
  const target = basename(file)
  const opened = openedFor(file) ?? target
  const beside = opened === target && !target.includes('index') ? [] : filesBelow(dirname(file))
  const others = beside.filter((each) => each !== file && !NO_ARTEFACTS.has(extname(each)))
  return {
    name: relative(FIXTURES, file).split(sep).join('/'),
    bytes: readFileSync(file),
    target,
    opened,
    others: new Map(others.map((each) => [basename(each), readFileSync(each)])),
  }
}

/** Some files are read because another one names them. */
function openedFor(file: string): string | undefined {
  if (readdirSync(dirname(file)).includes('MLmodel')) return ''
  if (/-of-\d+\.safetensors$/.test(file)) return 'model.safetensors.index.json'
  if (file.endsWith('external.weights')) return 'external.onnx'
  return undefined
}
