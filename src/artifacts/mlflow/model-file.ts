import { readFile, stat } from 'node:fs/promises'
import { Lexer, parseDocument } from 'yaml'
import { InputError } from '../../core/errors.ts'
import { excessOf, type YamlBounds } from '../../documents/yaml-bounds.ts'
import type { ObjectFacts } from '../object-facts.ts'
import { jsonValue } from '../json/object-value.ts'
import { record } from '../inspection.ts'
import { member, parseJson, textMember } from '../json/read-json.ts'

const FILE_BYTES = 5 * 1024 * 1024
/** A long model file has hundreds of values; the parser compares every key with every other one. */
const BOUNDS: YamlBounds = {
  depth: Infinity,
  values: 10_000,
  valuesIn: ({ scalars, commas }) => scalars + commas,
}
/** MLflow writes none; a few are allowed, an expansion is not. */
const ALIASES = 10

/**
 * The value of an `MLmodel` or of another YAML file in the folder of a model.
 *
 * @param name - how messages name it.
 * @throws InputError when it is not YAML, repeats a key, has more than 5 MB or more values than a model
 *   file has.
 */
export async function readYaml(path: string, name: string): Promise<unknown> {
  if ((await stat(path)).size > FILE_BYTES) throw new InputError(`${name} is larger than 5 MB`)
  const text = await readFile(path, 'utf8')
  try {
    if (excessOf(new Lexer().lex(text), BOUNDS) !== undefined) {
      throw new InputError(`${name} has more values than a model file has`)
    }
    const document = parseDocument(text, { schema: 'core' })
    const [problem] = document.errors
    if (problem !== undefined) throw new InputError(`${name} is not valid YAML: ${problem.code}`)
    return document.toJS({ maxAliasCount: ALIASES })
  } catch (error) {
    if (error instanceof InputError) throw error
    // The parser runs out of stack on deep nesting.
    throw new InputError(`${name} is not YAML that can be read`, { cause: error })
  }
}

/** The columns of a signature; tensors have no names of columns. */
export interface Signature {
  readonly names: readonly string[] | null
  readonly columns: readonly ObjectFacts[]
}

/**
 * One side of the signature, a JSON text inside the YAML.
 *
 * @returns `null` when the model has none.
 * @throws InputError when the text is no list.
 */
export function signatureOf(model: unknown, side: 'inputs' | 'outputs'): Signature | null {
  const text = textMember(member(model, 'signature'), side)
  if (text === undefined) return null
  const list = parseJson(text, `the signature of MLmodel`)
  if (!Array.isArray(list)) throw new InputError('the signature of MLmodel is no list')
  const columns = list.map((each: unknown) => {
    const entries = Object.entries((each ?? {}) as Readonly<Record<string, unknown>>)
    const values = entries.map(([key, value]) => [key, jsonValue(value)] as const)
    return record('mlflow.ColSpec', Object.fromEntries(values))
  })
  const isColumn = (each: unknown) => textMember(each, 'type') !== 'tensor'
  const names = list.map((each: unknown) => textMember(each, 'name'))
  const isNamed = list.every(isColumn) && names.every((name) => name !== undefined)
  return { names: isNamed ? names : null, columns }
}
