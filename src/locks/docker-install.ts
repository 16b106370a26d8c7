import { posix } from 'node:path'
import { judgeCondaSpec } from './conda-spec.ts'
import { asInstaller } from './installers.ts'
import { readPipLines } from './pip-lines.ts'
import { uvPackages } from './uv-commands.ts'
import type { RequirementEntry } from './requirement.ts'
import type { InstalledFile, LockReading } from './lock-format.ts'
import type { ShellWord } from './shell-commands.ts'
import type { VersionRules } from './version-rules.ts'

/** What the commands of one RUN install. */
export type Installed = Pick<LockReading, 'entries' | 'findings' | 'installs'>

/** Options of pip, uv and conda that are followed by a value which is no package. */
const WITH_VALUE =
  /^(-[ciftpnCdow]|--(index-url|extra-index-url|find-links|constraint|target|root|prefix|src|python|python-version|platform|implementation|abi|no-binary|only-binary|upgrade-strategy|proxy|timeout|retries|trusted-host|cache-dir|wheel-dir|dest|progress-bar|log|cert|config-settings?|name|channel|index|default-index|link-mode|extra|group|report|use-feature))$/
/** An operator whose file stands in the next word. */
const REDIRECT = /^(\d*>{1,2}|<)$/

interface Place {
  readonly path: string
  readonly versions: VersionRules
  /** The path in the build context of a file of the image. */
  readonly origin: (file: string) => string
  /** Last parts of the folders into which pip builds wheels, which are judged where they are built. */
  readonly wheelFolders: ReadonlySet<string>
  /** Whether the environment tells uv to keep to its lock. */
  readonly isFrozen: boolean
  /** Whether the command runs while an image is built. */
  readonly isBuild: boolean
}

/** Judges one command of an image; a command that installs nothing gives nothing. */
export function judgeCommand(words: readonly ShellWord[], place: Place): Installed {
  const texts = words.map(({ text }) => text)
  const behind = (tool: RegExp, verbs: RegExp) => wordsBehind(words, tool, verbs)
  const pip = behind(/(^|\/)pip[\d.]*$/, /^(install|sync|wheel|download)$/)
  const line = words[0]?.line ?? 1
  if (pip !== undefined) return judgePipInstall(pip, texts.includes('sync'), line, place)
  const tool = behind(/(^|\/)pipx$/, /^(install|run)$/) ?? uvPackages(words)
  if (tool !== undefined) return judgePipInstall(tool, false, line, place)
  const easy = texts.findIndex((text) => /(^|\/)easy_install[\d.-]*$/.test(text))
  if (easy !== -1) return judgePipInstall(words.slice(easy + 1), false, line, place)
  const apt = behind(/(^|\/)(apt|apt-get)$/, /^install$/) ?? behind(/(^|\/)apk$/, /^add$/)
  if (apt !== undefined) return judgeSystem(apt, /^([^=]+)=([^*$=]+)$/, place)
  const dnf = behind(/(^|\/)(micro)?(dnf|yum)$/, /^install$/)
  // A name may hold hyphens too: version and release are the last two parts.
  if (dnf !== undefined) return judgeSystem(dnf, /^(\S+?)-(\d[^-*]*-[^-*]+)$/, place)
  const conda = behind(/(^|\/)(conda|mamba|micromamba)$/, /^(install|create)$/)
  if (conda !== undefined) return judgeConda(conda, place)
  const hidden = hiddenInstall(texts, line, place)
  if (hidden !== undefined) return { ...NONE, findings: [hidden] }
  return judgeLockTool(words, texts, place)
}

/** The folder into which a command builds wheels. */
export function wheelFolderOf(texts: readonly string[]): string | undefined {
  if (!texts.includes('wheel')) return undefined
  const at = texts.findIndex((text) => /^(-w|--wheel-dir)$/.test(text))
  const joined = texts.map((text) => /^--wheel-dir=(.+)$/.exec(text)?.[1]).find(Boolean)
  return at === -1 ? joined : texts[at + 1]
}

/** What installs something that the command does not name. */
function hiddenInstall(
  texts: readonly string[],
  line: number,
  { isBuild, path }: Place,
): LockReading['findings'][number] | undefined {
  const [program = '', ...given] = texts
  const setup = texts.findIndex((text) => /(^|\/)setup\.py$/.test(text))
  if (setup !== -1 && /^(install|develop)$/.test(texts[setup + 1] ?? '')) {
    return projectFinding('setup.py', line, path)
  }
  const isPython = /(^|\/)python[\d.]*$/.test(program)
  const code = given[given.indexOf('-c') + 1] ?? ''
  if (isPython && given.includes('-c') && /\bpip\b[\s\S]*\binstall\b/.test(code)) {
    return unknown(line, path)
  }
  // A shell without a script reads it from the pipe before it, and so does `python -`.
  const isShell = /(^|\/)(ba|da|z|k)?sh$/.test(program)
  const readsPipe = isShell
    ? given.includes('-s') ||
      given.every((text, at) => /^-/.test(text) || given.slice(0, at).includes('--'))
    : isPython && given[0] === '-'
  const isPiped = readsPipe && !given.some((text) => /^-[a-z]*c$|</.test(text))
  return isBuild && isPiped ? { ...unknown(line, path), severity: 'warn' } : undefined
}

/** What stands behind a tool and one of its verbs; options between them are skipped with their values. */
function wordsBehind(
  words: readonly ShellWord[],
  tool: RegExp,
  verbs: RegExp,
): readonly ShellWord[] | undefined {
  const at = words.findIndex(({ text }) => tool.test(text))
  if (at === -1) return undefined
  for (let next = at + 1; next < words.length; next++) {
    const text = words[next]?.text ?? ''
    if (WITH_VALUE.test(text)) next += 1
    else if (!text.startsWith('-')) return verbs.test(text) ? words.slice(next + 1) : undefined
  }
  return undefined
}

const NONE: Installed = { entries: [], findings: [], installs: [] }

function judgePipInstall(
  words: readonly ShellWord[],
  isSync: boolean,
  commandLine: number,
  place: Place,
): Installed {
  const { path, versions } = place
  const texts = words.map(({ text }) => text)
  // Without an index there is nothing but what was built or copied before.
  const isClosed =
    isSync || texts.some((text) => /^--(require-hashes|no-deps|no-index)$/.test(text))
  const installs: InstalledFile[] = []
  const packages: ShellWord[] = []
  const isFolder = (text: string) =>
    isBuiltWheel(text, place) || (/^(\.|\/)/.test(text) && !/\.(whl|zip|tar\.\w+)$/.test(text))
  const findings: LockReading['findings'][number][] = []
  let hasProject = false
  let hasSubstitution = false
  for (let at = 0; at < words.length; at++) {
    const { text, line } = words[at] ?? { text: '', line: 1 }
    // Short options without a value can stand in one word: `-qr base.txt`.
    const file = /^(?:-[qvUI]*r|--requirements?=)(.+)$/.exec(text)?.[1]
    const next = words[at + 1]?.text ?? ''
    hasSubstitution ||= text === '$' || text.startsWith('`')
    if (hasSubstitution) break
    if (file !== undefined) installs.push({ name: place.origin(file), line, isClosed })
    else if (/^(-[qvUI]*r|--requirements?)$/.test(text)) {
      installs.push({ name: place.origin(next), line, isClosed })
      at += 1
    } else if (/^(-e|--editable)$/.test(text)) continue
    else if (WITH_VALUE.test(text) || REDIRECT.test(text)) at += 1
    else if (text.startsWith('-') || /^\d*[<>]/.test(text)) continue
    else if (isSync) installs.push({ name: place.origin(text), line, isClosed })
    else if (isFolder(text)) {
      hasProject = true
      if (!isClosed) findings.push(projectFinding(text, line, path))
    } else packages.push({ text: text.replace(/\$([A-Za-z_]\w*)/g, '${$1}'), line })
  }
  const isNamed = packages.length + installs.length > 0 || hasProject
  if (!isNamed || hasSubstitution) findings.push(unknown(commandLine, path))
  const { set } = readPipLines(packages, path, versions)
  const entries = set.entries.map(asInstaller)
  const outside = entries.filter(({ pinned }) => pinned === 'yes' || pinned === 'hashed')
  return {
    entries,
    installs,
    findings: [
      ...set.findings,
      ...findings,
      ...outside.map(({ name, specifier, line }) => ({
        severity: 'warn' as const,
        code: 'DOCKER_INSTALL_OUTSIDE_LOCK' as const,
        args: { name, specifier, file: path, line },
        location: { path, line },
      })),
    ],
  }
}

function isBuiltWheel(text: string, { wheelFolders }: Place): boolean {
  return !text.includes('://') && wheelFolders.has(posix.basename(posix.dirname(text)))
}

function projectFinding(folder: string, line: number, path: string) {
  return {
    severity: 'warn',
    code: 'DOCKER_PROJECT_WITH_DEPENDENCIES',
    args: { folder, file: path, line },
    location: { path, line },
  } as const
}

/** `xargs pip install`, or a list that a program prints: the names are not in the file. */
function unknown(line: number, path: string) {
  return {
    severity: 'inconclusive',
    code: 'DOCKER_INSTALL_UNKNOWN',
    args: { file: path, line },
    location: { path, line },
  } as const
}

function packagesOf(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.filter(({ text }, at) => {
    const before = words[at - 1]?.text ?? ''
    return (
      !text.startsWith('-') &&
      !WITH_VALUE.test(before) &&
      !REDIRECT.test(before) &&
      !/^\d*[<>]/.test(text)
    )
  })
}

/** @param exact - matches a package with its version, and captures the two. */
function judgeSystem(words: readonly ShellWord[], exact: RegExp, { path }: Place): Installed {
  const entries = packagesOf(words).map(({ text, line }): RequirementEntry => {
    const [, name, version] = exact.exec(text) ?? []
    const isExact = name !== undefined && version !== undefined
    return {
      name: isExact ? name : text.replace(/[=~<>].*$/, ''),
      file: path,
      line,
      specifier: isExact ? `=${version}` : '',
      marker: undefined,
      hashes: [],
      pinned: isExact ? 'yes' : 'warn',
      code: isExact ? 'SYSTEM_PACKAGE_PINNED' : 'SYSTEM_PACKAGE_NOT_PINNED',
    }
  })
  return { ...NONE, entries }
}

function judgeConda(words: readonly ShellWord[], place: Place): Installed {
  const { path } = place
  const fileAt = words.findIndex(({ text }) => text === '--file' || text === '-f')
  const file = fileAt === -1 ? undefined : words[fileAt + 1]
  const packages = packagesOf(words).filter((word) => word !== file)
  const entries = packages.map(({ text, line }): RequirementEntry => {
    const { name, specifier, pinned, code } = judgeCondaSpec(text)
    return { name, file: path, line, specifier, marker: undefined, hashes: [], pinned, code }
  })
  const installs =
    file === undefined ? [] : [{ name: place.origin(file.text), line: file.line, isClosed: true }]
  return { ...NONE, entries, installs }
}

/** Tools that install from their own lock file, or resolve anew where they are not told to keep to it. */
function judgeLockTool(
  words: readonly ShellWord[],
  texts: readonly string[],
  place: Place,
): Installed {
  const command = texts.filter((text) => !text.startsWith('-')).join(' ')
  const line = words[0]?.line ?? 1
  const has = (...options: readonly string[]) => options.some((option) => texts.includes(option))
  const lock = (name: string): Installed => ({
    ...NONE,
    installs: [{ name: place.origin(name), line, isClosed: true }],
  })
  const resolves = (tool: string): Installed => {
    const location = { path: place.path, line }
    const args = { command: tool, file: place.path, line }
    return {
      ...NONE,
      findings: [{ severity: 'fail', code: 'DOCKER_RESOLVES_ANEW', args, location }],
    }
  }
  if (/(^|\/| )conda-lock install\b/.test(command)) {
    return lock(texts.find((text) => /\.ya?ml$/.test(text)) ?? 'conda-lock.yml')
  }
  if (/(^|\/| )pdm (install|sync)\b/.test(command)) return lock('pdm.lock')
  if (/(^|\/| )uv add\b/.test(command)) return resolves('uv add')
  if (/(^|\/| )uv sync\b/.test(command)) {
    const keeps = place.isFrozen || texts.some((text) => /^UV_(FROZEN|LOCKED)=(1|true)$/.test(text))
    return keeps || has('--frozen', '--locked') ? lock('uv.lock') : resolves('uv sync')
  }
  if (/(^|\/| )poetry (install|sync)\b/.test(command)) return lock('poetry.lock')
  if (/(^|\/| )poetry add\b/.test(command)) return resolves('poetry add')
  if (/(^|\/| )pipenv sync\b/.test(command)) return lock('Pipfile.lock')
  if (/(^|\/| )pipenv install\b/.test(command)) {
    return has('--deploy', '--ignore-pipfile') ? lock('Pipfile.lock') : resolves('pipenv install')
  }
  const isEnvironment = /(^|\/| )(conda|mamba|micromamba) env (create|update)\b/.test(command)
  const fileAt = texts.findIndex((text) => text === '-f' || text === '--file')
  if (isEnvironment && fileAt !== -1) return lock(texts[fileAt + 1] ?? '')
  return NONE
}
