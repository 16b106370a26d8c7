import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { cli, packageRoot } from './harness.ts'

const names = readdirSync(path.join(packageRoot, 'schemas'))
  .map((file) => file.replace('.schema.json', ''))
  .sort()

test('schema without a name lists the schemas', async () => {
  const { exitCode, stdout } = await cli(['schema'])
  assert.equal(exitCode, 0)
  assert.deepEqual(stdout.trimEnd().split('\n'), names)
  assert.ok(names.length >= 6)
})

for (const name of names) {
  test(`schema ${name} prints a valid JSON Schema of draft-07 that refuses an empty file`, async () => {
    const { exitCode, stdout, stderr } = await cli(['schema', name])
    assert.equal(exitCode, 0)
    assert.equal(stderr, '')
    const schema = JSON.parse(stdout) as { readonly $schema: string }
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#')
    const ajv = new Ajv({ strict: false, validateFormats: false })
    assert.ok(ajv.validateSchema(schema), ajv.errorsText())
    const validate = ajv.compile(schema)
    assert.equal(validate('a text is no such file'), false)
  })
}
