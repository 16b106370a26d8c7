import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { InputError, NothingCheckedError } from '../../src/core/errors.ts'
import type { OpenOptions } from '../../src/readers/open.ts'
import { openSnapshot } from '../../src/readers/open.ts'
import { gatherColumn } from '../../src/table/gather.ts'
import type { Column, Field, Snapshot } from '../../src/table/types.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'mlcheck-csv-'))
after(() => rmSync(folder, { recursive: true }))

function open(
  content: string | Uint8Array,
  options: Partial<OpenOptions> = {},
  name = 'data.csv',
): Promise<Snapshot> {
  writeFileSync(path.join(folder, name), content)
  return openSnapshot(name, { cwd: folder, ...options })
}

function field(snapshot: Snapshot, name: string): Field {
  const found = snapshot.fields.find((candidate) => candidate.name === name)
  assert.ok(found, `no field ${name}`)
  return found
}

function valuesOf(column: Column): (number | string | undefined)[] {
  return column.kind === 'numeric'
    ? [...column.values]
    : [...column.codes].map((code) => column.labels[code])
}

async function values(snapshot: Snapshot, name: string): Promise<(number | string | undefined)[]> {
  return valuesOf(await gatherColumn(snapshot, name))
}

function column(cells: readonly string[]): string {
  return `x,y\n${cells.map((cell) => `${cell},1`).join('\n')}\n`
}

async function typeOf(cells: readonly string[]): Promise<string> {
  return field(await open(column(cells)), 'x').type
}

async function failure(
  content: string | Uint8Array,
  options?: Partial<OpenOptions>,
): Promise<InputError> {
  try {
    await open(content, options)
  } catch (error) {
    assert.ok(error instanceof InputError, String(error))
    return error
  }
  return assert.fail('the file was read')
}

describe('the type of a CSV column', () => {
  it('rests on all cells, not on the first ones', async () => {
    const cells = [...new Array<string>(30_000).fill('7'), '1.75']
    const snapshot = await open(column(cells))
    assert.equal(field(snapshot, 'x').type, 'number')
    assert.equal((await values(snapshot, 'x')).at(-1), 1.75)
  })

  it('keeps leading zeros and long digits as text, even when they come last', async () => {
    const snapshot = await open(column(['1000', '2000', '01000', '1000']))
    assert.notEqual(field(snapshot, 'x').type, 'integer')
    assert.deepEqual(await values(snapshot, 'x'), ['1000', '2000', '01000', '1000'])
    const long = await open(column(['9007199254740993', '9007199254740992', '1']))
    assert.deepEqual((await values(long, 'x')).slice(0, 2), [
      '9007199254740993',
      '9007199254740992',
    ])
  })

  it('is found for integers, numbers, booleans, dates and categories', async () => {
    assert.equal(await typeOf(['1', '-2', '+3']), 'integer')
    assert.equal(await typeOf(['1', '2.5', '1e3', '-inf']), 'number')
    assert.equal(await typeOf(['true', 'false', 'true']), 'boolean')
    assert.equal(await typeOf(['2026-01-01', '2026-02-28']), 'datetime')
    assert.equal(await typeOf(['north', 'south', 'north']), 'category')
  })

  it('is identifier or text for many values that hardly repeat', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `id-${String(i)}`)
    assert.equal(await typeOf(ids), 'identifier')
    assert.equal(await typeOf(ids.map((id) => `a note about ${id}`)), 'text')
  })

  it('reports cells that do not parse with their places, and treats them as missing', async () => {
    const cells = [...new Array<string>(99).fill('1.5'), 'abc']
    const snapshot = await open(column(cells))
    assert.equal(field(snapshot, 'x').type, 'number')
    const [finding] = snapshot.findings
    assert.equal(finding?.code, 'VALUES_UNPARSABLE')
    assert.deepEqual(finding.args['first'], [{ line: 101, value: 'abc' }])
    assert.equal((await gatherColumn(snapshot, 'x')).missing, 1)
  })

  it('reports decimal commas and mixed date layouts instead of guessing', async () => {
    const commas = await open('x;y\n1,5;1\n2,5;1\n', { csv: { delimiter: ';' } })
    assert.deepEqual(
      commas.findings.map(({ code }) => code),
      ['DECIMAL_COMMA_SUSPECTED'],
    )
    const read = await open('x;y\n1,5;1\n2,5;1\n', { csv: { delimiter: ';', decimal: ',' } })
    assert.deepEqual(await values(read, 'x'), [1.5, 2.5])
    const dates = await open(column(['2026-01-02', '02/01/2026', '2026-01-03', '04/01/2026']))
    assert.deepEqual(
      dates.findings.map(({ code }) => code),
      ['DATETIME_FORMATS_MIXED'],
    )
  })

  it('reads several spellings of true and false as one, and says so', async () => {
    const snapshot = await open(column(['true', 'TRUE', 'no', 'False']))
    assert.deepEqual(await values(snapshot, 'x'), ['true', 'true', 'false', 'false'])
    assert.deepEqual(
      snapshot.findings.map(({ code }) => code),
      ['BOOLEAN_SPELLINGS_MIXED'],
    )
  })

  it('is given by a setting or by the reference before anything else', async () => {
    const forced = await open(column(['1', '2']), { types: new Map([['x', 'category']]) })
    assert.deepEqual(await values(forced, 'x'), ['1', '2'])
    const reference = await open(column(['1.5', '2.5']))
    const current = await open(column(['a', 'b', '1.5']), { bind: reference.fields })
    assert.deepEqual(
      current.findings.map(({ code }) => code),
      ['VALUES_UNPARSABLE', 'TYPE_CHANGED'],
    )
    assert.deepEqual(await values(current, 'x'), [1.5])
  })
})

describe('missing values of a CSV file', () => {
  it('are the listed tokens, counted and removed', async () => {
    const snapshot = await open(column(['', 'NA', '1', 'nan', '2']))
    const x = await gatherColumn(snapshot, 'x')
    assert.deepEqual([x.rows, x.missing, [...(x.validRows ?? [])]], [5, 3, [2, 4]])
    assert.deepEqual(valuesOf(x), [1, 2])
  })

  it('tell a quoted empty text from an empty cell where the setting says so', async () => {
    const text = 'x,y\n"",1\n,1\na,1\n'
    const same = await gatherColumn(await open(text), 'x')
    assert.equal(same.missing, 2)
    const apart = await gatherColumn(
      await open(text, { csv: { quotedEmptyIsMissing: false } }),
      'x',
    )
    assert.equal(apart.missing, 1)
    assert.deepEqual(valuesOf(apart), ['', 'a'])
  })

  it('may fill a whole column', async () => {
    const x = await gatherColumn(await open(column(['', ''])), 'x')
    assert.deepEqual([x.rows, x.missing], [2, 2])
  })
})

describe('a CSV file that cannot be read', () => {
  it('is named with its line', async () => {
    assert.deepEqual((await failure('a,b\n1,2\n3\n')).location, { path: 'data.csv', line: 3 })
    assert.match((await failure('a,b\n1,2\n\n3,4\n')).message, /1 cells, the header has 2/)
    assert.match((await failure('a,a\n1,2\n')).message, /"a" twice/)
    assert.match((await failure('a,\n1,2\n')).message, /no name/)
    assert.equal((await failure('a,b\n1,2\n3,\0\n')).location?.line, 3)
    assert.equal((await failure(Buffer.from('a,b\n1,2\n3,\xff\n', 'latin1'))).location?.line, 3)
    assert.match((await failure('a;b\n1;2\n')).hint ?? '', /csv\.delimiter/)
  })

  it('is empty, or something else than a table', async () => {
    await assert.rejects(open(''), NothingCheckedError)
    assert.equal((await open('a,b\n')).rowCount, 0)
    assert.match((await failure(Buffer.from('\uFEFFa,b\n', 'utf16le'))).message, /UTF-16/)
    assert.match((await failure('PK\x03\x04rest')).message, /Excel/)
    assert.match((await failure('{"kind":"mlcheck-baseline"}')).message, /baseline/)
    const gzip = gzipSync('a,b\n1,2\n'.repeat(1000))
    assert.match((await failure(gzip.subarray(0, gzip.length / 2))).message, /gzip/)
  })

  it('may begin with a byte order mark, end without a line break, or be compressed', async () => {
    for (const content of ['\uFEFFa,b\n1,2', gzipSync('a,b\r\n1,2\r\n')]) {
      const snapshot = await open(content)
      assert.deepEqual(
        snapshot.fields.map(({ name }) => name),
        ['a', 'b'],
      )
      assert.deepEqual(await values(snapshot, 'b'), [2])
    }
  })
})

describe('a table of several files', () => {
  it('is a folder of parts whose folder names become columns, or a glob', async () => {
    for (const region of ['north', 'south']) {
      mkdirSync(path.join(folder, `parts/region=${region}`), { recursive: true })
      writeFileSync(path.join(folder, `parts/region=${region}/part-0.csv`), `k,v\n${region},1\n`)
    }
    writeFileSync(path.join(folder, 'parts/_SUCCESS'), '')
    const whole = await openSnapshot('parts', { cwd: folder })
    assert.equal(whole.rowCount, 2)
    assert.deepEqual(await values(whole, 'region'), ['north', 'south'])
    assert.deepEqual(await values(whole, 'k'), ['north', 'south'])
    const glob = await openSnapshot('parts/**/part-{0,1}.csv', { cwd: folder })
    assert.equal(glob.rowCount, 2)
  })

  it('is refused when parts differ or nothing matches', async () => {
    mkdirSync(path.join(folder, 'mixed'))
    writeFileSync(path.join(folder, 'mixed/a.csv'), 'x,y\n1,2\n')
    writeFileSync(path.join(folder, 'mixed/b.csv'), 'x,z\n1,2\n')
    await assert.rejects(openSnapshot('mixed', { cwd: folder }), /no column "y"/)
    await assert.rejects(openSnapshot('none-*.csv', { cwd: folder }), InputError)
    await assert.rejects(openSnapshot('dat.csv', { cwd: folder }), InputError)
  })
})
