import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeUtf8 } from '../../src/config/utf8.ts'

/** Texts of characters of one to four bytes, the mark of replacement among them. */
const text = fc
  .array(fc.constantFrom('a', '\n', 'é', '\uFFFD', '漢', '😀'), { maxLength: 12 })
  .map((characters) => characters.join(''))

/** Bytes that no text begins or goes on with, and characters that are cut. */
const invalid = fc.constantFrom(
  [0x80],
  [0xff],
  [0xc3],
  [0xe6, 0xbc],
  [0xf0, 0x9f, 0x98],
  [0xc0, 0xaf],
)

test('text that is UTF-8 comes back as it was, without a byte order mark', () => {
  fc.assert(
    fc.property(text, (each) => {
      assert.deepEqual(decodeUtf8(Buffer.from(each)), { text: each })
      assert.deepEqual(decodeUtf8(Buffer.from(`\uFEFF${each}`)), { text: each })
    }),
  )
})

test('the first bytes that are not UTF-8 are found, whatever stands around them', () => {
  fc.assert(
    fc.property(
      text,
      invalid,
      text,
      fc.constantFrom('', '\uFEFF'),
      (before, wrong, after, mark) => {
        const bytes = Buffer.concat([
          Buffer.from(mark + before),
          Buffer.from(wrong),
          Buffer.from(after),
        ])
        assert.equal(decodeUtf8(bytes).invalidAt, before.length)
      },
    ),
  )
})
