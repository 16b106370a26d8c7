import type { OutputStream, World } from './world.ts'

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof COLOR_CHOICES)[number]

/** What a stream can show. */
export interface Capabilities {
  readonly color: boolean
  readonly unicode: boolean
  readonly width: number
}

const FILE_WIDTH = 100

/** What a report in a file may use: everything but colour. */
export const FILE_CAPABILITIES: Capabilities = { color: false, unicode: true, width: FILE_WIDTH }

export function capabilitiesOf(
  stream: OutputStream,
  world: Pick<World, 'env' | 'platform'>,
  choice: ColorChoice,
): Capabilities {
  const isTerminal = stream.isTTY === true
  return {
    color: wantsColor(isTerminal, world.env, choice),
    unicode: showsUnicode(isTerminal, world),
    width: isTerminal ? (stream.columns ?? FILE_WIDTH) : FILE_WIDTH,
  }
}

/**
 * `--color` beats all; NO_COLOR (not empty) beats FORCE_COLOR and CLICOLOR_FORCE; TERM=dumb has no
 * colour; otherwise a terminal has.
 */
function wantsColor(isTerminal: boolean, env: World['env'], choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always'
  if ((env['NO_COLOR'] ?? '') !== '') return false
  if ([env['FORCE_COLOR'], env['CLICOLOR_FORCE']].some((force) => isOn(force))) return true
  if (env['TERM'] === 'dumb') return false
  return isTerminal
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false'
}

/**
 * A terminal shows Unicode when its locale says so. A log without any locale (a container, a build
 * server) is UTF-8; one whose locale names another character set gets ASCII.
 */
function showsUnicode(isTerminal: boolean, { env, platform }: Pick<World, 'env' | 'platform'>) {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '')
  if (!isTerminal) return locale === undefined || isUtf8(locale)
  if (env['TERM'] === 'linux') return false
  if (platform === 'win32') {
    return ['WT_SESSION', 'TERM_PROGRAM', 'ConEmuTask'].some((name) => (env[name] ?? '') !== '')
  }
  return locale === undefined ? platform === 'darwin' : isUtf8(locale)
}

function isUtf8(locale: string): boolean {
  return /utf-?8/i.test(locale)
}
