import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { InputError } from '../../src/core/errors.ts'
import { cellsOf, readRows } from '../../src/readers/csv-rows.ts'

const syntax = { delimiter: ',', quote: '"' }

async function* blocksOf(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  const { length } = bytes
  const places = [0, ...cuts.map((cut) => cut % (length + 1)).sort((a, b) => a - b), length]
  let start = 0
  for (const end of places) {
    yield await Promise.resolve(bytes.subarray(start, end))
    start = end
  }
}

async function rowsOf(text: string, cuts: readonly number[] = []): Promise<string[][]> {
  const rows: string[][] = []
  await readRows(blocksOf(text, cuts), syntax, 'file.csv', (row) => rows.push(cellsOf(row)))
  return rows
}

const plainCell = fc.string({
  unit: fc.constantFrom('a', '1', ' ', 'é', '.', '-', '😀'),
  maxLength: 4,
})
const quotedCell = fc
  .string({ unit: fc.constantFrom('a', ',', '\n', '"', 'é', '\r\n'), maxLength: 4 })
  .map((text) => `"${text.replaceAll('"', '""')}"`)

function table(cell: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      rows: fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 6 }),
      ending: fc.constantFrom('\n', '\r\n'),
      closed: fc.boolean(),
    })
    .map(({ rows, ending, closed }) => {
      const text = rows.map((cells) => cells.join(',')).join(ending)
      return closed && text !== '' ? text + ending : text
    })
}

describe('rows of a CSV text', () => {
  it('are those that csv-parse reads, wherever the blocks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        table(fc.oneof(plainCell, quotedCell)),
        fc.array(fc.nat(), { maxLength: 5 }),
        async (text, cuts) => {
          const expected: string[][] = parse(text, {
            record_delimiter: ['\r\n', '\n'],
            relax_column_count: true,
          })
          assert.deepEqual(await rowsOf(text, cuts), expected)
        },
      ),
    )
  })

  it('carry the line on which they begin, also after cells with line breaks', async () => {
    const lines: number[] = []
    const text = 'a,b\n1,2\n"x\ny",3\n4,5\n'
    await readRows(blocksOf(text, [3, 9, 15]), syntax, 'file.csv', (_, line) => lines.push(line))
    assert.deepEqual(lines, [1, 2, 3, 5])
  })

  it('fail at the line where a quote is opened and never closed', async () => {
    await assert.rejects(rowsOf('a,b\n1,2\n3,"4\n5,6\n'), (error: unknown) => {
      assert.ok(error instanceof InputError)
      assert.deepEqual(error.location, { path: 'file.csv', line: 3 })
      assert.match(error.message, /never closed/)
      return true
    })
  })

  it('fail at a quote inside a cell', async () => {
    await assert.rejects(rowsOf('a,b\n1,2\n3,4"5"\n'), (error: unknown) => {
      assert.ok(error instanceof InputError)
      assert.equal(error.location?.line, 3)
      return true
    })
  })
})
