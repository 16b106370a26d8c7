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
 * Reads the closing lines of pytest, unittest, node:test, jest, vitest, mocha or TAP; the numbers of
 * several summaries are added, since a command may run its tests in parts.
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

/** What the group of a pattern holds in each line that matches; `undefined` when none does. */
function groupsIn(lines: readonly string[], pattern: RegExp): readonly string[] | undefined {
  const found = lines.flatMap((line) => {
    const match = pattern.exec(line)
    return match === null ? [] : [match[1] ?? '']
  })
  return found.length === 0 ? undefined : found
}

function total(numbers: readonly string[]): number {
  return numbers.reduce((before, each) => before + Number(each), 0)
}

/** The number before each word, added up: `3 passed, 1 failed`. */
function numbersIn(texts: readonly string[]): ReadonlyMap<string, number> {
  const found = texts.flatMap((text) => [...text.matchAll(/(\d+) ([a-z]+)/g)])
  return added(found.map(([, count, word = '']) => [word, Number(count)]))
}

function added(counts: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [word, count] of counts) sums.set(word, (sums.get(word) ?? 0) + count)
  return sums
}

function sum(numbers: ReadonlyMap<string, number>, words: readonly string[]): number {
  return words.reduce((total, word) => total + (numbers.get(word) ?? 0), 0)
}

function pytest(lines: readonly string[]): TestCounts | undefined {
  const summaries = groupsIn(
    lines,
    /^=*\s*(no tests ran|\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)\b.*) in [\d.:hms ()]+\s*=*$/,
  )
  if (summaries === undefined) return undefined
  const numbers = numbersIn(summaries)
  return {
    tool: 'pytest',
    passed: sum(numbers, ['passed', 'xpassed']),
    failed: sum(numbers, ['failed', 'error', 'errors']),
    skipped: sum(numbers, ['skipped', 'xfailed']),
  }
}

function unittest(lines: readonly string[]): TestCounts | undefined {
  const ran = groupsIn(lines, /^Ran (\d+) tests? in [\d.]+s$/)
  const verdicts = groupsIn(lines, /^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$/)
  if (ran === undefined || verdicts === undefined) return undefined
  const said = verdicts.flatMap((text) => [...text.matchAll(/([a-z ]+)=(\d+)/g)])
  const numbers = added(said.map(([, word = '', count]) => [word.trim(), Number(count)]))
  const failed = sum(numbers, ['failures', 'errors', 'unexpected successes'])
  const skipped = sum(numbers, ['skipped', 'expected failures'])
  return { tool: 'unittest', passed: Math.max(0, total(ran) - failed - skipped), failed, skipped }
}

function nodeTest(lines: readonly string[]): TestCounts | undefined {
  const numberOf = (word: string) => {
    const counts = groupsIn(lines, new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`))
    return counts === undefined ? undefined : total(counts)
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
  const summaries = groupsIn(lines, /^Tests:\s+(.*\b\d+ total)$/)
  if (summaries === undefined) return undefined
  const numbers = numbersIn(summaries)
  return {
    tool: 'jest',
    passed: sum(numbers, ['passed']),
    failed: sum(numbers, ['failed']),
    skipped: sum(numbers, ['skipped', 'todo']),
  }
}

function vitest(lines: readonly string[]): TestCounts | undefined {
  const summaries = groupsIn(lines, /^\s*Tests\s+(.*) \(\d+\)$/)
  if (summaries === undefined) return undefined
  const numbers = numbersIn(summaries)
  return {
    tool: 'vitest',
    passed: sum(numbers, ['passed']),
    failed: sum(numbers, ['failed']),
    skipped: sum(numbers, ['skipped', 'todo']),
  }
}

function mocha(lines: readonly string[]): TestCounts | undefined {
  const numberOf = (word: string) =>
    total(groupsIn(lines, new RegExp(`^\\s*(\\d+) ${word}\\b`)) ?? [])
  const passed = groupsIn(lines, /^\s*(\d+) passing \([\d.]+(?:ms|s|m)\)$/)
  if (passed === undefined) return undefined
  return {
    tool: 'mocha',
    passed: total(passed),
    failed: numberOf('failing'),
    skipped: numberOf('pending'),
  }
}

/** Results at the top level; a plan that promises more or fewer is a failure. */
function tap(lines: readonly string[]): TestCounts | undefined {
  const plans = groupsIn(lines, /^1\.\.(\d+)/)
  if (plans === undefined) return undefined
  const results = lines.filter((line) => /^(not )?ok\b/.test(line))
  const isSkipped = (line: string) => /#\s*(skip|todo)/i.test(line)
  const skipped = results.filter(isSkipped).length
  const failed = results.filter((line) => line.startsWith('not') && !isSkipped(line)).length
  const unplanned = Math.abs(total(plans) - results.length)
  return {
    tool: 'tap',
    passed: results.length - failed - skipped,
    failed: failed + unplanned,
    skipped,
  }
}
