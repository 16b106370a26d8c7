import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { jsonSchemas } from '../../scripts/schemas/json-schemas.ts'
import { APPS } from '../../src/cli/apps.ts'
import type { InspectedFile } from '../../src/core/inspected-file.ts'
import { cli, packageRoot, type CliRun } from './harness.ts'

const cwd = mkdtempSync(path.join(tmpdir(), 'inspect-cli-'))
after(() => {
  rmSync(cwd, { recursive: true, force: true })
})
cpSync(path.join(packageRoot, 'fixtures/artifacts'), cwd, { recursive: true })

const SAFE = 'onnx/pipeline.onnx'
const UNSAFE = 'keras/lambda.keras'
const INCONCLUSIVE = 'pointers/git-lfs'

function inspect(...args: readonly string[]): Promise<CliRun> {
  return cli(['inspect', ...args], { cwd, apps: { inspect: APPS.inspect } })
}

async function jsonOf(...args: readonly string[]): Promise<readonly InspectedFile[]> {
  const { stdout } = await inspect('--json', ...args)
  return (JSON.parse(stdout) as { readonly files: readonly InspectedFile[] }).files
}

describe('the exit code of inspect', () => {
  it('is the gravest of all files, and 2 where one cannot be read', async () => {
    const cases: readonly (readonly [code: number, ...files: readonly string[]])[] = [
      [0, SAFE],
      [1, UNSAFE],
      [3, INCONCLUSIVE],
      [3, SAFE, INCONCLUSIVE],
      [1, INCONCLUSIVE, SAFE, UNSAFE],
      [2, UNSAFE, 'nothing.pkl'],
      [2, 'keras'],
      [2],
    ]
    for (const [code, ...files] of cases) {
      assert.equal((await inspect(...files)).exitCode, code, files.join(' '))
      assert.equal((await inspect('--json', ...files)).exitCode, code, files.join(' '))
    }
  })

  it('comes with the path that cannot be read, and nothing on standard output', async () => {
    const { stdout, stderr } = await inspect(SAFE, 'nothing.pkl')
    assert.equal(stdout, '')
    assert.match(stderr, /nothing\.pkl/)
    const folder = await inspect('keras')
    assert.match(folder.stderr, /folder of no known kind/)
    assert.match(folder.stderr, /MLmodel/)
  })

  it('is that of an interruption when a signal came', async () => {
    const signal = AbortSignal.abort()
    const run = await cli(['inspect', SAFE], { cwd, signal, apps: { inspect: APPS.inspect } })
    assert.equal(run.exitCode, 130)
  })
})

describe('the JSON of inspect', () => {
  it('has the documented fields for each file, in the order in which they were named', async () => {
    const { stdout } = await inspect('--json', SAFE, UNSAFE)
    const document = JSON.parse(stdout) as Readonly<Record<string, unknown>>
    assert.deepEqual(Object.keys(document), ['schemaVersion', 'tool', 'command', 'files'])
    assert.deepEqual(document['tool'], { name: 'mlcheck', version: '9.8.7' })
    const files = document['files'] as readonly InspectedFile[]
    const fields = 'path sha256 bytes kind verdict reasons globals producer object'.split(' ')
    for (const file of files) assert.deepEqual(Object.keys(file), fields)
    assert.deepEqual(
      files.map((file) => [file.path, file.kind, file.verdict]),
      [
        [SAFE, 'onnx', 'safe'],
        [UNSAFE, 'keras', 'unsafe'],
      ],
    )
    assert.deepEqual(Object.keys(files[1]?.reasons[0] ?? {}), ['code', 'message'])
  })

  it('is what its schema says, for every kind of file', async () => {
    const validate = new Ajv({ strict: true }).compile(jsonSchemas()['inspection'] ?? {})
    writeFileSync(path.join(cwd, 'pinned.txt'), 'numpy==2.4.6\n')
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(cwd, path.join(entry.parentPath, entry.name)))
    assert.ok(files.length > 40)
    const { stdout } = await inspect('--json', ...files)
    assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
  })

  it('says null for a number that is none, and why', async () => {
    const [file] = await jsonOf(SAFE)
    const imputer = file?.object?.steps.find(({ name }) => name === 'Imputer')?.object
    assert.ok(typeof imputer === 'object')
    assert.equal(imputer.parameters['replaced_value_float'], null)
    assert.equal(imputer.parameters['replaced_value_floatReason'], 'nan')
    const [encoders] = await jsonOf('onnx/encoders.onnx')
    const second = encoders?.object?.steps[1]?.object
    assert.ok(typeof second === 'object')
    assert.deepEqual(second.parameters['values_tensor'], {
      dtype: '<f8',
      shape: [2],
      values: [0.5, null],
      valuesReason: { 1: 'nan' },
    })
  })

  it('binds what it says to the bytes of a file that is not whole', async () => {
    writeFileSync(path.join(cwd, 'cut.onnx'), Buffer.from([8, 8, 58, 90, 1]))
    const [file] = await jsonOf('cut.onnx')
    assert.equal(file?.verdict, 'inconclusive')
    assert.equal(file.bytes, 5)
    assert.match(file.sha256 ?? '', /^[0-9a-f]{64}$/)
  })
})

describe('a file of dependencies', () => {
  it('is told entry by entry, and is safe when every version is exact', async () => {
    const write = (text: string) => {
      writeFileSync(path.join(cwd, 'requirements.txt'), text)
    }
    write('numpy==2.4.6\n-r more/base.txt\n')
    mkdirSync(path.join(cwd, 'more'))
    writeFileSync(path.join(cwd, 'more/base.txt'), 'pandas==3.1.1\n')
    const [exact] = await jsonOf('requirements.txt')
    assert.deepEqual([exact?.kind, exact?.verdict], ['requirements', 'safe'])
    assert.deepEqual(
      exact?.entries?.map(({ name, line, pinned }) => [name, line, pinned]),
      [
        ['numpy', 1, 'yes'],
        ['pandas', 1, 'yes'],
      ],
    )
    write('Numpy>=2\n')
    const [range] = await jsonOf('requirements.txt')
    assert.equal(range?.verdict, 'unsafe')
    assert.deepEqual(
      range.reasons.map(({ code }) => code),
      ['REQUIREMENT_RANGE'],
    )
  })
})

describe('the text of inspect', () => {
  it('gives verdict, reasons with what to do, and what is in the file', async () => {
    const { stdout } = await inspect(UNSAFE)
    assert.match(stdout, /^✗ unsafe {2}keras\/lambda\.keras\n/)
    assert.match(stdout, /Python code[^]*\[KERAS_CODE\]\n\s+→ Replace/)
    assert.match(stdout, /mean = \[1, 2\]/)
    for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line)
  })

  it('with -v lists every name that the file refers to', async () => {
    assert.doesNotMatch((await inspect('keras/small.keras')).stdout, /^ {4}keras\.layers\.Dense$/m)
    assert.match((await inspect('-v', 'keras/small.keras')).stdout, /^ {4}keras\.layers\.Dense$/m)
  })

  it('with -q says only what is not safe, and how many', async () => {
    const { stdout } = await inspect('-q', SAFE, INCONCLUSIVE)
    assert.doesNotMatch(stdout, /pipeline\.onnx/)
    assert.match(stdout, /git-lfs/)
    assert.match(stdout, /2 files: 1 safe, 1 inconclusive/)
  })

  it('never passes control characters of a file to the terminal', async () => {
    const text = '<PMML version="\u202e\u009b31m"><DataDictionary/></PMML>'
    writeFileSync(path.join(cwd, 'evil.pmml'), text)
    const { stdout } = await inspect('evil.pmml')
    assert.doesNotMatch(stdout, /[\u202e\u009b]/)
  })
})

describe('mlcheck.yaml', () => {
  it('says which names of a pickle are allowed and which are not', async () => {
    const folder = path.join(cwd, 'project')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'ours.pkl'), 'cours.model\nRule\n.')
    const run = () => cli(['inspect', 'ours.pkl'], { cwd: folder, apps: { inspect: APPS.inspect } })
    assert.equal((await run()).exitCode, 3)
    writeFileSync(path.join(folder, 'mlcheck.yaml'), 'inspect:\n  allow: [ours.model.Rule]\n')
    assert.equal((await run()).exitCode, 0)
    writeFileSync(path.join(folder, 'mlcheck.yaml'), 'inspect:\n  deny: [ours.model.Rule]\n')
    assert.equal((await run()).exitCode, 1)
  })
})
