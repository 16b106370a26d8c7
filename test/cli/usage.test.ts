import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cli, DRIFT, driftApp } from './harness.ts'

const SLIPS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a misspelt command', ['adit'], /no command "adit"\nhint: Did you mean audit\?/],
  ['a misspelt command with --help', ['adit', '--help'], /Did you mean audit\?/],
  ['a misspelt topic of help', ['help', 'drfit'], /Did you mean drift\?/],
  ['a misspelt flag', ['audit', '--fase', 'x'], /'--fase'\nhint: Did you mean --phase\?/],
  [
    'a misspelt phase',
    ['audit', '--phase', 'befor'],
    /Did you mean before\?.*before, during, after/,
  ],
  ['a misspelt section', ['audit', '--section', 'data', 'modle'], /Did you mean model\?/],
  ['a misspelt rule', [...DRIFT, '--rule', 'two_kye'], /Did you mean two-key\?/],
  ['a second misspelt rule', [...DRIFT, '--also-rule', 'textbok'], /Did you mean textbook\?/],
  ['a misspelt level', [...DRIFT, '--fail-on', 'wran'], /Did you mean warn\?/],
  ['a misspelt data format', [...DRIFT, '--format', 'parket'], /Did you mean parquet\?/],
  ['a misspelt choice of colour', [...DRIFT, '--color', 'allways'], /Did you mean always\?/],
  ['a misspelt report format', [...DRIFT, '--report', 'jsn=r.json'], /Did you mean json\?/],
  ['a misspelt schema', ['schema', 'resutl'], /Did you mean result\?/],
  ['a misspelt shell', ['completion', 'bahs'], /'bahs' is invalid.*Did you mean bash\?/],
  ['a misspelt id', ['explain', 'data.input-shcema'], /Did you mean data\.input-schema\?/],
  ['a misspelt abbreviation', ['explain', 'PSY'], /Did you mean psi\?/],
]

describe('a slip of the keyboard is refused with what was meant:', () => {
  for (const [what, args, message] of SLIPS) {
    test(what, async () => {
      const { exitCode, stdout, stderr } = await cli(args, { apps: driftApp() })
      assert.equal(exitCode, 2)
      assert.equal(stdout, '')
      assert.match(stderr, message)
    })
  }
})

const REFUSED: readonly (readonly [readonly string[], RegExp])[] = [
  [['drift', 'a.csv'], /missing required argument 'current'\nhint: See mlcheck drift --help/],
  [['drift', 'a', 'b', 'c'], /too many arguments/],
  [['audit', '--checklist'], /argument missing/],
  [['profile', 'a.csv'], /required option '-o, --output <path>' not specified/],
  [['--json', 'audit'], /Options follow the command/],
  [['explain', '--all', 'psi'], /exclude each other/],
  [['audit', '-q', '-v'], /--quiet and --verbose exclude each other/],
  [['render', 'x.json', '-qv'], /exclude each other/],
  [['profile', 'a.csv', '-o', 'b.json', '-qv'], /exclude each other/],
  [[...DRIFT, '--alpha', 'abc'], /It is not a number\./],
  [[...DRIFT, '--alpha', '1,5'], /It is not a number\. Use a point for decimals\./],
  [[...DRIFT, '--alpha', '0.01x'], /It is not a number/],
  [[...DRIFT, '--alpha', '1e400'], /between 0 and 1, both excluded/],
  [[...DRIFT, '--alpha', 'NaN'], /It is not a number/],
  [[...DRIFT, '--alpha', '0'], /both excluded/],
  [[...DRIFT, '--alpha', ''], /It is not a number/],
  [[...DRIFT, '--accept-sensitivity', '1'], /both excluded/],
  [[...DRIFT, '--calibrate', '1.5'], /It is not a whole number/],
  [[...DRIFT, '--calibrate', '-1'], /from 0 to 100000/],
  [[...DRIFT, '--calibrate', '0x10'], /It is not a whole number/],
  [[...DRIFT, '--seed', '4294967296'], /from 0 to 4294967295/],
  [[...DRIFT, '--seed', '99999999999999999999'], /It is too large/],
  [[...DRIFT, '--columns', 'a,,b'], /empty name between commas/],
  [[...DRIFT, '--columns', ''], /empty name between commas/],
  [['audit', '--now', '2026-02-30'], /not a day such as 2026-11-24/],
  [['audit', '--now', '2026-2-3'], /not a day/],
  [['audit', '--now', 'today'], /not a day/],
  [['audit', '--now', '2026-02-30T10:00:00Z'], /not a day/],
  [['audit', '--now', '2026-02-03T24:00:00Z'], /not an instant/],
  [['audit', '--now', '2026-02-03T10:00:00+02:00'], /not a day/],
  [['audit', '--sign-off', ' '], /empty/],
]

describe('what cannot be obeyed is refused before any work:', () => {
  for (const [args, message] of REFUSED) {
    test(args.join(' '), async () => {
      const { exitCode, stdout, stderr } = await cli(args)
      assert.equal(exitCode, 2)
      assert.equal(stdout, '')
      assert.match(stderr, message)
    })
  }
})

test('no command is an error that shows the help on standard error', async () => {
  const { exitCode, stdout, stderr } = await cli([])
  assert.equal(exitCode, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /^Usage: mlcheck/)
  assert.doesNotMatch(stderr, /internal error/)
})

test('--version says the version and no more', async () => {
  assert.deepEqual(await cli(['--version']), { exitCode: 0, stdout: '9.8.7\n', stderr: '' })
})
