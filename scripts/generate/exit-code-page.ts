import { EXIT_CODES } from '../../src/policy/exit-code.ts'

/** The table of exit codes, for pipelines. */
export function exitCodePage(): string {
  return [
    '# Exit codes',
    '',
    'One function decides them for every command and every report format (`src/policy/exit-code.ts`).',
    '',
    '| code | name | meaning |',
    '| --- | --- | --- |',
    ...EXIT_CODES.map(({ code, name, meaning }) => `| ${String(code)} | ${name} | ${meaning} |`),
    '',
    'When several apply, the first of 70, 130, 2, 1, 3, 4, 0 counts: a definite failure stays a failure, whatever else',
    'could not be decided. `--report-only` turns 1, 3 and 4 into 0, never 2 or 70.',
    '',
  ].join('\n')
}
