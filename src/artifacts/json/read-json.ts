import { basename } from 'node:path'
import { readFile, stat } from 'node:fs/promises'
import { InputError } from '../../core/errors.ts'
import { repeatedKey } from './unique-keys.ts'

/** JSON is parsed whole; a larger model is not read. */
const JSON_BYTES = 256 * 1024 * 1024

/**
 * The value of a JSON file.
 *
 * @throws InputError when it is not JSON, has a key twice, or is larger than 256 MB.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const name = basename(path)
  if ((await stat(path)).size > JSON_BYTES) throw new InputError(`${name} is larger than 256 MB`)
  return parseJson(await readFile(path, 'utf8'), name)
}

/**
 * The value of a JSON text.
 *
 * @param name - how messages name the file.
 * @throws InputError when it is not JSON or an object in it has a key twice.
 */
export function parseJson(text: string, name: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError(`${name} is not valid JSON`, { cause: error })
  }
  const repeated = repeatedKey(text)
  if (repeated !== undefined) throw new InputError(`${name} has the key ${repeated} twice`)
  return value
}

/** A member of an object; `undefined` where there is none. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

/** A member that is text; `undefined` for anything else. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name)
  return typeof found === 'string' ? found : undefined
}

/** The texts of a list; `undefined` when it is no list of texts. */
export function textList(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const texts: readonly unknown[] = value
  return texts.every((each) => typeof each === 'string') ? texts : undefined
}
