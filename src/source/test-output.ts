/** How many tests a command says it ran, from its closing lines. */
export interface TestCounts {
  readonly tool: 'pytest' | 'unittest' | 'node:test' | 'jest' | 'vitest' | 'mocha' | 'tap' | 'junit'
  readonly passed: number
  /** Errors, cancelled tests and the unexpected successes of unittest included. */
  readonly failed: number
  /** Expected failures and tests to be written included. */
  readonly skipped: number
}

/**
 * Reads the closing lines of pytest, unittest, node:test, jest, vitest, mocha or TAP; the last summary
 * counts where there are several.
 *
 * @returns `undefined` when no line is such a summary: the number of tests is unknown, not zero.
 */
export function countTests(stdout: string, stderr: string): TestCounts | undefined {
  for (const text of [plain(stdout), plain(stderr)]) {
    const lines = text.split(/\r?\n/)
    for (const read of [pytest, nodeTest, jest, vitest, unittest, mocha, tap]) {
      const counts = read(lines)
      if (counts !== undefined) return counts
    }
  }
  return undefined
}

function plain(text: string): string {
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}

function lastMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines.toReversed()) {
    const match = pattern.exec(line)
    if (match !== null) return match
  }
  return undefined
}

/** The number before each word: `3 passed, 1 failed`. */
function numbersIn(text: string): ReadonlyMap<string, number> {
  const found = [...text.matchAll(/(\d+) ([a-z]+)/g)]
  return new Map(found.map(([, count, word = '']) => [word, Number(count)]))
}

function sum(numbers: ReadonlyMap<string, number>, words: readonly string[]): number {
  return words.reduce((total, word) => total + (numbers.get(word) ?? 0), 0)
}

function pytest(lines: readonly string[]): TestCounts | undefined {
  const line = lastMatch(
    lines,
    /^=*\s*(no tests ran|\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)\b.*) in [\d.:hms ()]+\s*=*$/,
  )?.[1]
  if (line === undefined) return undefined
  const numbers = numbersIn(line)
  return {
    tool: 'pytest',
    passed: sum(numbers, ['passed', 'xpassed']),
    failed: sum(numbers, ['failed', 'error', 'errors']),
    skipped: sum(numbers, ['skipped', 'xfailed']),
  }
}

function unittest(lines: readonly string[]): TestCounts | undefined {
  const ran = lastMatch(lines, /^Ran (\d+) tests? in [\d.]+s$/)?.[1]
  const verdict = lastMatch(lines, /^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/)
  if (ran === undefined || verdict === undefined) return undefined
  const said = [...(verdict[1] ?? '').matchAll(/([a-z ]+)=(\d+)/g)]
  const numbers = new Map(said.map(([, word = '', count]) => [word.trim(), Number(count)]))
  const failed = sum(numbers, ['failures', 'errors', 'unexpected successes'])
  const skipped = sum(numbers, ['skipped', 'expected failures'])
  return { tool: 'unittest', passed: Math.max(0, Number(ran) - failed - skipped), failed, skipped }
}

function nodeTest(lines: readonly string[]): TestCounts | undefined {
  const numberOf = (word: string) => {
    const count = lastMatch(lines, new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`))?.[1]
    return count === undefined ? undefined : Number(count)
  }
  const [passed, failed] = [numberOf('pass'), numberOf('fail')]
  if (passed === undefined || failed === undefined || numberOf('tests') === undefined) {
    return undefined
  }
  return {
    tool: 'node:test',
    passed,
    failed: failed + (numberOf('cancelled') ?? 0),
    skipped: (numberOf('skipped') ?? 0) + (numberOf('todo') ?? 0),
  }
}

function jest(lines: readonly string[]): TestCounts | undefined {
  const line = lastMatch(lines, /^Tests:\s+(.*\b\d+ total)$/)?.[1]
  if (line === undefined) return undefined
  const numbers = numbersIn(line)
  return {
    tool: 'jest',
    passed: sum(numbers, ['passed']),
    failed: sum(numbers, ['failed']),
    skipped: sum(numbers, ['skipped', 'todo']),
  }
}

function vitest(lines: readonly string[]): TestCounts | undefined {
  const line = lastMatch(lines, /^\s*Tests\s+(.*) \(\d+\)$/)?.[1]
  if (line === undefined) return undefined
  const numbers = numbersIn(line)
  return {
    tool: 'vitest',
    passed: sum(numbers, ['passed']),
    failed: sum(numbers, ['failed']),
    skipped: sum(numbers, ['skipped', 'todo']),
  }
}

function mocha(lines: readonly string[]): TestCounts | undefined {
  const numberOf = (word: string) => lastMatch(lines, new RegExp(`^\\s*(\\d+) ${word}\\b`))?.[1]
  const passed = lastMatch(lines, /^\s*(\d+) passing \([\d.]+(ms|s|m)\)$/)?.[1]
  if (passed === undefined) return undefined
  return {
    tool: 'mocha',
    passed: Number(passed),
    failed: Number(numberOf('failing') ?? 0),
    skipped: Number(numberOf('pending') ?? 0),
  }
}

/** Results at the top level; a plan that promises more or fewer is a failure. */
function tap(lines: readonly string[]): TestCounts | undefined {
  const plan = lastMatch(lines, /^1\.\.(\d+)/)?.[1]
  if (plan === undefined) return undefined
  const results = lines.filter((line) => /^(not )?ok\b/.test(line))
  const isSkipped = (line: string) => /#\s*(skip|todo)/i.test(line)
  const skipped = results.filter(isSkipped).length
  const failed = results.filter((line) => line.startsWith('not') && !isSkipped(line)).length
  const unplanned = Math.abs(Number(plan) - results.length)
  return {
    tool: 'tap',
    passed: results.length - failed - skipped,
    failed: failed + unplanned,
    skipped,
  }
}
