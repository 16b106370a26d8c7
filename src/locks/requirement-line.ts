import { parseOptions, splitOptions, type RequirementOption } from './option-line.ts'
import type { Requirement } from './requirement.ts'

/** What one logical line of a requirement file says. */
export type RequirementLine =
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  | { readonly kind: 'options'; readonly options: readonly RequirementOption[] }
  | { readonly kind: 'invalid'; readonly reason: string }

const VCS = /^(git|hg|svn|bzr)\+/i
const URL_SCHEME = /^(https?|ftp|file):/i
const ARCHIVE = /\.(whl|zip|tar\.gz|tgz|tar\.bz2|tbz|tar\.xz|txz|tar\.lzma|tlz|tar)$/i
const NAMED_ADDRESS = /^[A-Za-z0-9][A-Za-z0-9._-]*\s*(\[[^\]]*\])?\s*@/
const NAME = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/

/** Reads one logical line: a requirement with its own options, or options of the file. */
export function parseRequirementLine(text: string): RequirementLine {
  const { target, options: optionText } = splitOptions(text)
  const parsed = parseOptions(optionText)
  if ('invalid' in parsed) return { kind: 'invalid', reason: parsed.invalid }
  const { options } = parsed
  const hashes = options.filter((option) => option.name === 'hash').map((option) => option.value)
  if (target !== '') return { kind: 'requirement', requirement: readTarget(target, hashes, false) }
  const editable = options.find((option) => option.name === 'editable')
  if (editable !== undefined) {
    return { kind: 'requirement', requirement: readTarget(editable.value, [], true) }
  }
  return { kind: 'options', options }
}

function readTarget(text: string, hashes: readonly string[], editable: boolean): Requirement {
  const shared = { hashes, editable, extras: [] as readonly string[] }
  if (isDirect(text)) {
    // A URL may contain a semicolon, so its marker needs the blank.
    const [url, marker] = splitMarker(text, '; ')
    return { ...shared, kind: directKind(url), name: nameOfUrl(url), specifier: url, marker }
  }
  const [body, marker] = splitMarker(text, ';')
  if (isPath(body) && !NAMED_ADDRESS.test(body)) {
    const kind = ARCHIVE.test(body) ? 'archive' : 'local'
    return { ...shared, kind, name: nameOfUrl(body), specifier: body, marker }
  }
  const head = NAME.exec(body)
  if (head === null) {
    return { ...shared, kind: 'invalid', name: body, specifier: body, marker }
  }
  const name = head[1] ?? ''
  const extras = (head[2] ?? '')
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '')
  const rest = body.slice(head[0].length).trim()
  if (rest.startsWith('@')) {
    const [url, urlMarker] = splitMarker(text.slice(text.indexOf('@') + 1).trim(), '; ')
    return { ...shared, extras, kind: directKind(url), name, specifier: url, marker: urlMarker }
  }
  const specifier = /^\((.*)\)$/.exec(rest)?.[1]?.trim() ?? rest
  return { ...shared, extras, kind: 'index', name, specifier, marker }
}

function splitMarker(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  if (at === -1) return [text.trim(), undefined]
  return [text.slice(0, at).trim(), text.slice(at + separator.length).trim()]
}

function isDirect(text: string): boolean {
  return VCS.test(text) || URL_SCHEME.test(text)
}

function directKind(url: string): Requirement['kind'] {
  if (VCS.test(url)) return 'vcs'
  if (/^file:/i.test(url) && !ARCHIVE.test(url.split('#')[0] ?? '')) return 'local'
  return URL_SCHEME.test(url) ? 'archive' : 'invalid'
}

function isPath(text: string): boolean {
  const extras = text.endsWith(']') ? text.lastIndexOf('[') : -1
  const path = extras === -1 ? text : text.slice(0, extras)
  return path.startsWith('.') || /\/|\\\S/.test(path) || ARCHIVE.test(path)
}

/** The project a URL or path seems to hold: its `#egg=`, the start of a wheel's name, or the last part. */
function nameOfUrl(url: string): string {
  const egg = /[#&]egg=([^&[]+)/.exec(url)?.[1]
  if (egg !== undefined) return egg
  const last = url
    .split('#')[0]
    ?.split('?')[0]
    ?.split(/[\\/]/)
    .findLast((part) => part !== '')
  if (last === undefined) return url
  if (/\.whl$/i.test(last)) return last.split('-')[0] ?? last
  const stem = last.replace(ARCHIVE, '').replace(/\.git(@.*)?$/, '')
  return stem.replace(/-\d[^-]*$/, '')
}
