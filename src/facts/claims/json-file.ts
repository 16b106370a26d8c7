import { readFile, stat } from 'node:fs/promises'
import { decodeUtf8 } from '../../config/utf8.ts'
import { InputError } from '../../core/errors.ts'

const MAX_BYTES = 20 * 1024 * 1024

/**
 * Reads a JSON file that states metrics.
 *
 * @param path - absolute.
 * @param shownAs - how messages name it.
 * @param key - the key of the manifest to correct.
 * @throws InputError when it is not there, too large, or no JSON.
 */
export async function readJson(path: string, shownAs: string, key: string): Promise<unknown> {
  const refusal = (problem: string, cause?: unknown) =>
    new InputError(`${shownAs} ${problem}`, {
      location: { path: shownAs },
      hint: `Correct ${key}, or the file that it names.`,
      ...(cause === undefined ? {} : { cause }),
    })
  const found = await stat(path).catch((cause: unknown) => {
    throw refusal('cannot be read', cause)
  })
  if (!found.isFile()) throw refusal('is not a file')
  if (found.size > MAX_BYTES) throw refusal('is larger than the 20 MB that are read')
  const { text, invalidAt } = decodeUtf8(await readFile(path))
  if (invalidAt !== undefined) throw refusal('is not UTF-8')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw refusal('is not JSON', error)
  }
}
