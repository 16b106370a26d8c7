import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { JsonValue, Location } from '../core/evidence.ts'
import { ConfigurationError } from '../core/errors.ts'
import { frame } from './frame.ts'
import type { Located, YamlPath } from './located.ts'
import { decodeUtf8 } from './utf8.ts'
import { YamlRefusal } from './yaml-refusal.ts'
import type { YamlTree } from './yaml-tree.ts'

const MAX_BYTES = 5 * 1024 * 1024

/** Windows has no such flag, and no named pipes in folders. */
const NON_BLOCKING = process.platform === 'win32' ? 0 : constants.O_NONBLOCK

/** A YAML file as a value, with the place of every key and value. */
export interface YamlFile extends Located {
  readonly value: JsonValue
  /** The place of a key; of its value where the path ends in a list position. */
  readonly locateKey: (path: YamlPath) => Location
  /** A scalar without quotes as it is written, such as `3.10` for the number 3.1. */
  readonly writtenAs: (path: YamlPath) => string | undefined
  /** The line of a place with a caret. */
  readonly frameAt: (location: Location) => string
}

/**
 * Reads a YAML 1.2 file with the core schema: `no` is text, a date is text.
 *
 * @param path where the file is
 * @param shownAs how messages and locations name it
 * @throws ConfigurationError when it is missing, larger than 5 MB, not UTF-8 or not acceptable YAML
 */
export async function readYamlFile(path: string, shownAs: string): Promise<YamlFile> {
  return parseYaml(await readText(path, shownAs), shownAs)
}

async function readText(path: string, shownAs: string): Promise<string> {
  const refusal = (message: string, cause?: unknown): ConfigurationError =>
    new ConfigurationError(message, { location: { path: shownAs }, cause })
  // Without blocking: a named pipe would otherwise wait for somebody to write to it.
  const flags = constants.O_RDONLY | NON_BLOCKING
  const handle = await open(path, flags).catch((error: unknown) => {
    throw refusal(isMissing(error) ? 'there is no such file' : 'the file cannot be opened', error)
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw refusal('this is not a file')
    if (found.size > MAX_BYTES) throw refusal('larger than the 5 MB that are read of a YAML file')
    return textOf(await handle.readFile(), shownAs)
  } finally {
    await handle.close()
  }
}

function textOf(bytes: Buffer, shownAs: string): string {
  const { text, invalidAt } = decodeUtf8(bytes)
  if (invalidAt === undefined) return text
  const location = locator(text, shownAs)(invalidAt)
  const { line = 1, column = 1 } = location
  throw new ConfigurationError('this is not UTF-8 text', {
    location,
    frame: frame(text, line, column),
    hint: 'Save the file as UTF-8.',
  })
}

/** Whether a system error says that nothing is there. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** As {@link readYamlFile}, from text. */
export async function parseYaml(text: string, shownAs: string): Promise<YamlFile> {
  const { parseTree } = await import('./yaml-tree.ts')
  const at = locator(text, shownAs)
  const frameAt = ({ line = 1, column = 1 }: Location): string => frame(text, line, column)
  let tree: YamlTree
  try {
    tree = parseTree(text)
  } catch (error) {
    if (error instanceof YamlRefusal) {
      const location = at(error.offset)
      throw new ConfigurationError(error.message, {
        location,
        frame: frameAt(location),
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      })
    }
    throw error
  }
  return {
    file: shownAs,
    value: tree.value,
    locate: (path) => at(tree.offsetOfValue(path)),
    locateKey: (path) => at(tree.offsetOfKey(path)),
    writtenAs: (path) => tree.writtenAs(path),
    frameAt,
  }
}

function locator(text: string, path: string): (offset: number) => Location {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1)
  }
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle
    }
    return { path, line: low + 1, column: offset - (starts[low] as number) + 1 }
  }
}
