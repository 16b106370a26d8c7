import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.ts'
import { readYamlFile } from '../../src/config/yaml-file.ts'
import { corpusFolder, corpusLeaves } from './corpus.ts'
import { exampleResult } from './example-result.ts'

const root = path.resolve(import.meta.dirname, '../..')
const accepted = path.join(root, 'fixtures/config-accepted')
const schemas = jsonSchemas()

function compile(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: true, formats: { date: true } })
  return ajv.compile(schemas[name] ?? {})
}

for (const [name, file] of [
  ['model', 'manifest/model.yaml'],
  ['settings', 'settings/mlcheck.yaml'],
  ['attestations', 'records/.mlcheck/attestations.yaml'],
  ['waivers', 'records/.mlcheck/waivers.yaml'],
] as const) {
  test(`the ${name} schema accepts what the loader accepts and no unknown key`, () => {
    const validate = compile(name)
    const value = parse(readFileSync(path.join(accepted, file), 'utf8')) as object
    assert.ok(validate(value), JSON.stringify(validate.errors))
    assert.ok(!validate({ ...value, severty: 'high' }))
  })
}

test('the checklist schema accepts items that override and refuses misspelt keys', () => {
  const validate = compile('checklist')
  assert.ok(validate({ version: 1, extends: 'default', items: [{ id: 'a.b', waivable: false }] }))
  assert.ok(!validate({ version: 1, items: [{ id: 'a.b', severty: 'low' }] }))
  assert.ok(!validate({ version: 1, items: [{ id: 'A b' }] }))
})

/** Mistakes that a JSON Schema cannot express: they join several values, or several files. */
const BEYOND_JSON_SCHEMA = new Set([
  'bad-conditions',
  'bad-parameters',
  'cross-field-rules',
  'extends-in-a-circle',
  'extends-nothing',
  'misspelt-override',
  'none-without-reason',
  'path-leaves-repository',
  'reason-without-none',
  'problems-in-two-files',
  'same-id-twice',
  'settings-against-each-other',
  'unknown-check',
])

test('editors underline what the loaders refuse, as far as a schema can say it', async () => {
  const names = { 'model.yaml': 'model', 'checklist.yaml': 'checklist', 'mlcheck.yaml': 'settings' }
  let compared = 0
  for (const leaf of corpusLeaves()) {
    for (const [file, name] of Object.entries(names)) {
      const location = path.join(corpusFolder, leaf, file)
      if (!existsSync(location)) continue
      // What is no acceptable YAML is refused before any schema is asked.
      const yaml = await readYamlFile(location, file).catch(() => undefined)
      if (yaml === undefined) continue
      compared += 1
      assert.equal(compile(name)(yaml.value), BEYOND_JSON_SCHEMA.has(leaf), leaf)
    }
  }
  assert.ok(compared >= 15)
})

test('every key of a file that people write has a description for editors', () => {
  const undescribed: string[] = []
  const visit = (schema: unknown, place: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const {
      properties = {},
      items,
      additionalProperties,
      anyOf = [],
    } = schema as {
      properties?: Record<string, { description?: string }>
      items?: unknown
      additionalProperties?: unknown
      anyOf?: unknown[]
    }
    for (const [key, inner] of Object.entries(properties)) {
      if (inner.description === undefined) undescribed.push(`${place}.${key}`)
      visit(inner, `${place}.${key}`)
    }
    visit(items, `${place}[]`)
    visit(additionalProperties, `${place}.*`)
    for (const inner of anyOf) visit(inner, place)
  }
  for (const name of ['model', 'checklist', 'settings', 'attestations', 'waivers']) {
    visit(schemas[name], name)
  }
  assert.deepEqual(undescribed, [])
})

test('the result schema accepts a result with every field and nothing beside', () => {
  const validate = compile('result')
  assert.ok(validate(exampleResult), JSON.stringify(validate.errors))
  assert.ok(!validate({ ...exampleResult, extra: 1 }))
  const [column] = exampleResult.columns
  assert.ok(column?.reference)
  const withSummary = (reference: object): object => ({
    ...exampleResult,
    columns: [{ ...column, reference }],
  })
  assert.ok(validate(withSummary({ ...column.reference, mean: null, meanReason: 'no values' })))
  assert.ok(!validate(withSummary({ ...column.reference, average: 'x' })))
  assert.ok(!validate(withSummary({ ...column.reference, meanReason: 1 })))
})

test('the result schema refuses a null without its reason', () => {
  const validate = compile('result')
  const [column] = exampleResult.columns
  const [key] = column?.keys ?? []
  assert.ok(column?.reference && key)
  for (const [part, reason] of [
    [{ ...column, reference: { ...column.reference, mean: null } }, 'meanReason'],
    [{ ...column, reference: { ...column.reference, max: null } }, 'maxReason'],
    [{ ...column, keys: [{ ...key, effect: null }] }, 'effectReason'],
    [{ ...column, keys: [{ ...key, detectable: null }] }, 'detectableReason'],
  ] as const) {
    assert.ok(!validate({ ...exampleResult, columns: [part] }), reason)
    assert.match(JSON.stringify(validate.errors), new RegExp(reason))
  }
})
