import { posix } from 'node:path'
import type { Dockerfile, Instruction } from 'dockerfile-ast'
import { judgeCommand, wheelFolderOf, type Installed } from './docker-install.ts'
import { LockSyntaxError } from './located.ts'
import { NOTHING_READ, type LockFormat, type LockReading, type LockSource } from './lock-format.ts'
import type { RequirementEntry } from './requirement.ts'
import { shellCommands, type ShellWord } from './shell-commands.ts'

/** Characters of a Dockerfile; the time of the parser grows with the square of its length. */
const SIZE_LIMIT = 128 * 1024

/** A Dockerfile: its base images and everything that its commands install. */
export const dockerfile: LockFormat = {
  name: 'Dockerfile',
  kind: 'dockerfile',
  fileName: /^((Docker|Container)file([.-].+)?|.+\.[Dd]ockerfile)$/,
  looksLike: (text) => /^FROM\s+\S/im.test(text) && /^(RUN|CMD|COPY|ENTRYPOINT)\s/im.test(text),
  async read(source) {
    if (source.text.length > SIZE_LIMIT) throw new LockSyntaxError(1, 'larger than 128 kB')
    const { DockerfileParser } = await import('dockerfile-ast')
    return readDockerfile(DockerfileParser.parse(source.text), source)
  },
}

const lineOf = (instruction: Instruction) => instruction.getRange().start.line + 1

function readDockerfile(file: Dockerfile, source: LockSource): LockReading {
  const instructions = file.getInstructions()
  const bases = file.getFROMs()
  if (bases.length === 0) throw new LockSyntaxError(1, 'no FROM instruction')
  const variables = variablesOf(instructions)
  const origin = copiedFrom(instructions)
  const escape = file.getEscapeCharacter()
  const lines = source.text.split(/\r?\n/).map((line) => withBackslash(line, escape))
  const stages = new Set<string>()
  const images = bases.flatMap((base) => {
    const image = base.getImage() ?? ''
    const read = readImage(image, lineOf(base), stages, variables, source)
    stages.add(base.getBuildStage()?.toLowerCase() ?? '')
    return read
  })
  const taken = instructions.flatMap((each) =>
    sourcesOf(each, lines).flatMap((image) =>
      readImage(image, lineOf(each), stages, variables, source),
    ),
  )
  const commands = instructions
    .filter((each) => STARTING.test(each.getKeyword()))
    .flatMap((each) =>
      commandsOf(each, lines).map((words) => ({
        isBuild: /^(RUN|ONBUILD)$/.test(each.getKeyword()),
        words: words.flatMap((word) => expandWord(word, variables)),
      })),
    )
  const place = {
    path: source.path,
    versions: source.versions,
    origin,
    wheelFolders: new Set(
      commands.flatMap(({ words }) => {
        const folder = wheelFolderOf(words.map(({ text }) => text))
        return folder === undefined ? [] : [posix.basename(folder)]
      }),
    ),
    isFrozen: ['FROZEN', 'LOCKED'].some((name) =>
      /^(1|true)$/.test(variables.get(`UV_${name}`) ?? ''),
    ),
  }
  const installed = commands.map(({ words, isBuild }): Installed =>
    judgeCommand(words, { ...place, isBuild }),
  )
  return {
    ...NOTHING_READ,
    entries: [
      ...[...images, ...taken].map(({ entry }) => entry),
      ...installed.flatMap(({ entries }) => entries),
    ],
    findings: installed.flatMap(({ findings }) => findings),
    installs: installed.flatMap(({ installs }) => installs),
    python: images.flatMap(({ python }) => python ?? []),
  }
}

/** A variable that stands alone may hold several words: a program with its verb. */
function expandWord(
  { text, line }: ShellWord,
  variables: ReadonlyMap<string, string>,
): readonly ShellWord[] {
  const whole = expand(text, variables)
  if (!/^\$(\w+|\{\w+\})$/.test(text)) return [{ text: whole, line }]
  return whole
    .split(/\s+/)
    .filter((each) => each !== '')
    .map((each) => ({ text: each, line }))
}

/** Images from which files are taken, by `COPY --from=` or a mount of RUN; a number is a stage. */
function sourcesOf(instruction: Instruction, lines: readonly string[]): readonly string[] {
  const keyword = instruction.getKeyword()
  if (keyword !== 'COPY' && keyword !== 'RUN') return []
  const { start, end } = instruction.getRange()
  const text = lines.slice(start.line, end.line + 1).join(' ')
  const pattern = keyword === 'COPY' ? /\s--from=(\S+)/g : /\s--mount=(?:[^\s,]*,)*?from=([^\s,]+)/g
  return [...text.matchAll(pattern)]
    .map(([, image = '']) => image)
    .filter((image) => !/^\d+$/.test(image))
}

/** Instructions that run a command: while the image is built, in a later build, or in each container. */
const STARTING = /^(RUN|CMD|ENTRYPOINT|ONBUILD)$/

/** A file may continue its lines by a backtick, which it says in its first lines. */
function withBackslash(line: string, escape: string): string {
  return escape === '`' ? line.replace(/`[ \t]*$/, '\\') : line
}

/** Defaults of ARG and values of ENV; the last one of a name counts. */
function variablesOf(instructions: readonly Instruction[]): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const instruction of instructions) {
    if (!['ARG', 'ENV'].includes(instruction.getKeyword())) continue
    const text = (instruction.getArgumentsContent() ?? '').replace(/\\\r?\n/g, ' ')
    for (const [, name = '', double, single, plain = ''] of text.matchAll(
      /([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s"']*))/g,
    )) {
      variables.set(name, double ?? single ?? plain)
    }
  }
  return variables
}

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}$]{0,200}))?\})/g,
    (whole, plain?: string, braced?: string, otherwise?: string) =>
      variables.get(plain ?? braced ?? '') ?? otherwise ?? whole,
  )
}

/** Where the files of the image lie in the build context, by the COPY and ADD instructions. */
function copiedFrom(instructions: readonly Instruction[]): (file: string) => string {
  const byName = new Map<string, string>()
  const folders: { readonly target: string; readonly from: string }[] = []
  let workFolder = '/'
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword()
    if (!['COPY', 'ADD', 'WORKDIR'].includes(keyword)) continue
    const words = instruction
      .getArguments()
      .map((word) => word.getValue())
      .filter((word) => !word.startsWith('--'))
    const target = posix.resolve(workFolder, words.at(-1) ?? '')
    if (keyword === 'WORKDIR') {
      workFolder = target
      continue
    }
    const sources = words.slice(0, -1)
    const [first] = sources
    if (sources.length === 1 && first !== undefined) {
      byName.set(posix.basename(target), first)
      folders.unshift({ target, from: first })
    }
    for (const each of sources) byName.set(posix.basename(each), each)
  }
  return (file) => {
    const folder = folders.find(({ target }) => file.startsWith(`${target}/`))
    const within = folder && posix.join(folder.from, file.slice(folder.target.length + 1))
    const known = byName.get(posix.basename(file)) ?? within
    return posix.normalize(known ?? file.replace(/^\.?\//, ''))
  }
}

interface Image {
  readonly entry: RequirementEntry
  readonly python: LockReading['python'][number] | undefined
}

function readImage(
  written: string,
  line: number,
  stages: ReadonlySet<string>,
  variables: ReadonlyMap<string, string>,
  { path }: LockSource,
): readonly Image[] {
  const image = expand(written, variables)
  if (image === 'scratch' || stages.has(image.toLowerCase())) return []
  const digest = /@sha256:([0-9a-f]{64})$/.exec(image)?.[1]
  const [named = ''] = image.split('@')
  const [, name = named, tag] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? []
  const entry = { name, file: path, line, marker: undefined, hashes: [] as readonly string[] }
  const version = /(^|\/)python$/.test(name) ? /^\d+(\.\d+)*/.exec(tag ?? '')?.[0] : undefined
  const python = version === undefined ? undefined : { version, file: path, line }
  if (digest !== undefined) {
    const hashes = [`sha256:${digest}`]
    const verdict = { pinned: 'hashed', code: 'IMAGE_PINNED' } as const
    return [{ entry: { ...entry, specifier: `@sha256:${digest}`, hashes, ...verdict }, python }]
  }
  const specifier = tag === undefined ? '' : `:${tag}`
  if (image.includes('$')) {
    return [{ entry: { ...entry, specifier, pinned: 'no', code: 'IMAGE_VARIABLE' }, python }]
  }
  const isTagged = tag !== undefined && tag !== 'latest' && !image.includes('@')
  const verdict = isTagged
    ? ({ pinned: 'warn', code: 'IMAGE_BY_TAG' } as const)
    : ({ pinned: 'no', code: 'IMAGE_NOT_PINNED' } as const)
  return [{ entry: { ...entry, specifier, ...verdict }, python }]
}

/** The commands of an instruction, in shell form, as a list of JSON, or in here-documents. */
function commandsOf(
  instruction: Instruction,
  lines: readonly string[],
): readonly (readonly ShellWord[])[] {
  const range = instruction.getRange()
  const body = lines
    .slice(range.start.line, range.end.line + 1)
    .join('\n')
    .replace(/^\s*(ONBUILD\s+)?(RUN|CMD|ENTRYPOINT)\b/i, '')
  const line = range.start.line + 1
  const list = jsonList(body)
  if (list === undefined) return shellCommands(body, line)
  const words = list.map((word) => ({ text: word, line }))
  const option = words.findIndex((word) => /^-[a-z]*c$/.test(word.text))
  const script = option === -1 ? undefined : words[option + 1]
  return script === undefined ? [words] : [words, ...shellCommands(script.text, line)]
}

function jsonList(body: string): readonly string[] | undefined {
  const text = body.replace(/\\\r?\n/g, ' ').trim()
  if (!text.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((word) => typeof word === 'string') : undefined
  } catch {
    return undefined
  }
}
