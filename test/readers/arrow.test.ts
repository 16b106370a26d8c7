import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { openArrow } from '../../src/readers/arrow.ts'
import type { PartTable } from '../../src/readers/part-table.ts'
import { assertTable, columnOf, readExpectation, rowsOf } from './corpus.ts'

const CORPUS = path.join(import.meta.dirname, '../../fixtures/readers/arrow')
const scratch = mkdtempSync(path.join(tmpdir(), 'arrow-'))
after(() => rmSync(scratch, { recursive: true }))

function open(name: string): Promise<PartTable> {
  return openArrow(path.join(CORPUS, name), name, {})
}

function scratchFile(bytes: Uint8Array): string {
  const file = path.join(scratch, 'made.arrow')
  writeFileSync(file, bytes)
  return file
}

const files = readdirSync(CORPUS).filter((name) => /\.(arrows?|feather)$/.test(name))

for (const name of files) {
  test(`${name} holds what was written`, async () => {
    const expected = readExpectation(path.join(CORPUS, `${path.parse(name).name}.json`))
    await assertTable(await open(name), expected)
  })

  test(`${name} holds the same when it is too large to be kept in memory`, async () => {
    const expected = readExpectation(path.join(CORPUS, `${path.parse(name).name}.json`))
    await assertTable(await openArrow(path.join(CORPUS, name), name, {}, 0), expected)
  })
}

test('a batch is a record batch, and a label keeps its code from batch to batch', async () => {
  for (const name of ['batches.arrow', 'batches.arrows']) {
    const sizes: number[] = []
    const seen: (readonly string[])[] = []
    await (
      await open(name)
    ).scan(['float', 'text'], ({ rows, columns }) => {
      sizes.push(rows)
      const text = columns.get('text')
      assert.ok(text?.kind === 'coded' && columns.get('float')?.rows === rows)
      seen.push([...text.labels])
    })
    assert.deepEqual(sizes, [7, 7, 7, 7, 7, 7, 7, 1])
    for (const labels of seen) assert.deepEqual(labels, seen.at(-1)?.slice(0, labels.length))
  }
})

test('an empty table gives one batch without rows', async () => {
  for (const name of ['empty.arrow', 'empty.arrows']) {
    const batches: number[] = []
    await (
      await open(name)
    ).scan(['number', 'text'], ({ rows, columns }) => {
      batches.push(rows, columns.size)
    })
    assert.deepEqual(batches, [0, 2])
  }
})

test('a cut file or stream is refused at every length', async () => {
  for (const name of ['lz4.arrow', 'plain.arrows', 'legacy.arrows']) {
    const bytes = readFileSync(path.join(CORPUS, name))
    for (let length = 0; length < bytes.length - 4; length += 13) {
      const file = scratchFile(bytes.subarray(0, length))
      await assert.rejects(
        async () => {
          const table = await openArrow(file, 'cut.arrow', {})
          await table.scan(
            table.fields.map((field) => field.name),
            () => undefined,
          )
        },
        { name: 'InputError' },
        `${name} cut at ${String(length)}`,
      )
    }
  }
})

test('Feather version 1 is refused by name', async () => {
  const file = scratchFile(Buffer.from('FEA1\0\0\0\0rest of the fileFEA1'))
  await assert.rejects(openArrow(file, 'old.feather', {}), {
    name: 'InputError',
    message: /Feather version 1/,
  })
})

test('text that is not UTF-8 makes its own column unreadable, not the others', async () => {
  const bytes = readFileSync(path.join(CORPUS, 'plain.arrow'))
  for (let at = bytes.indexOf('grün'); at !== -1; at = bytes.indexOf('grün', at)) {
    bytes.set([0xff, 0xfe], at)
  }
  const table = await openArrow(scratchFile(bytes), 'latin1.arrow', {})
  assert.deepEqual(
    table.findings.map(({ code, args }) => [code, args['column']]),
    [['COLUMN_UNREADABLE', 'text']],
  )
  assert.equal((await columnOf(table, 'float')).rows, 40)
  await assert.rejects(columnOf(table, 'text'), { name: 'InputError', message: /"text"/ })
})

test('numbers, booleans and times of the reference bind a column of another kind', async () => {
  const bind = [{ name: 'text', type: 'number', physical: 'csv', evidence: '' } as const]
  const table = await openArrow(path.join(CORPUS, 'plain.arrow'), 'plain.arrow', { bind })
  assert.deepEqual(
    table.findings.map(({ code }) => code),
    ['VALUES_UNPARSABLE', 'TYPE_CHANGED'],
  )
  const column = await columnOf(table, 'text')
  assert.deepEqual([column.kind, column.rows, column.missing], ['numeric', 40, 40])
  assert.ok(rowsOf(column).every((value) => value === null))
})
