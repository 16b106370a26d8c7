import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PublishedBaseline } from '../../scripts/schemas/baseline-schema.ts'
import type { StoredLedgerEntry } from '../../src/config/ledger-schema.ts'
import type { StoredResult } from '../../src/config/result-schema.ts'
import type { LedgerEntry } from '../../src/core/ledger.ts'
import type { Result } from '../../src/core/result.ts'
import type { Baseline } from '../../src/drift/baseline.ts'
import type { IsSame } from './same-type.ts'

test('a schema says exactly what the declared type says', () => {
  // The compiler refuses these lines when one side has a key, an option or a value that the other lacks.
  const result: IsSame<StoredResult, Result> = true
  const baseline: IsSame<PublishedBaseline, Baseline> = true
  const ledger: IsSame<StoredLedgerEntry, LedgerEntry> = true
  assert.deepEqual([result, baseline, ledger], [true, true, true])
})

test('the comparison of types sees what assignability does not', () => {
  interface Deep {
    readonly list: readonly { readonly a?: number; readonly b: string | null }[]
  }
  const same: IsSame<Deep, { list: { a?: number; b: string | null }[] }> = true
  const lacksOption: IsSame<Deep, { list: { b: string | null }[] }> = false
  const isRequired: IsSame<Deep, { list: { a: number; b: string | null }[] }> = false
  const isWider: IsSame<Deep, { list: { a?: number; b: unknown }[] }> = false
  const lacksNull: IsSame<Deep, { list: { a?: number; b: string }[] }> = false
  assert.deepEqual(
    [same, lacksOption, isRequired, isWider, lacksNull],
    [true, false, false, false, false],
  )
})
