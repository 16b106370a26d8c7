import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bare, type Expression } from '../../src/observability/prometheus/expression.ts'
import { parsePromql } from '../../src/observability/prometheus/promql.ts'
import { selectorsOf } from '../../src/observability/prometheus/selectors.ts'
import { fixture } from './fixture.ts'

interface Recorded {
  readonly text: string
  readonly tree?: string
}

/** The tree in the form of fixtures/observability/oracle. */
function tree(expression: Expression): string {
  switch (expression.kind) {
    case 'parenthesised':
    case 'moved':
      return tree(expression.of)
    case 'binary':
      return `(${expression.operator} ${tree(expression.left)} ${tree(expression.right)})`
    case 'unary':
      return `(${expression.operator} ${tree(expression.of)})`
    case 'call':
      return `(${[expression.function, ...expression.args.map(tree)].join(' ')})`
    case 'aggregation':
      return `(${[expression.operator, ...expression.args.map(tree)].join(' ')})`
    case 'range':
    case 'subquery':
      return `(${expression.kind} ${String(expression.seconds)} ${tree(expression.of)})`
    case 'selector':
      return `'${expression.name ?? ''}'`
    case 'number':
      return goNumber(expression.value)
    case 'string':
      return `<${expression.value}>`
  }
}

function goNumber(value: number): string {
  if (Object.is(value, -0)) return '-0'
  if (Math.abs(value) === Infinity) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}

test('what Prometheus accepts is accepted with the same tree, what it refuses is refused', () => {
  const cases = JSON.parse(fixture('oracle/expressions.json')) as readonly Recorded[]
  assert.ok(cases.length > 200)
  for (const { text, tree: expected } of cases) {
    const { expression, problem } = parsePromql(text)
    assert.equal(problem === undefined, expected !== undefined, `${text}: ${problem?.reason ?? ''}`)
    if (expression === undefined || expected === undefined) continue
    assert.equal(tree(expression), expected.replaceAll('3.1536e+07', '31536000'), text)
  }
})

test('offset and @ belong to the selector before them and not to the operation', () => {
  const { expression } = parsePromql('up - up offset 1h > 2 * x @ 3 + 1')
  assert.equal(expression && tree(expression), "(> (- 'up' 'up') (+ (* 2 'x') 1))")
  const difference = expression?.kind === 'binary' ? bare(expression.left) : undefined
  assert.equal(difference?.kind === 'binary' && difference.right.kind, 'moved')
})

for (const [text, offset, reason] of [
  ['', 0, /no expression/],
  ['   ', 3, /no expression/],
  ['sum(rate(x[5m])', 15, /ends too early/],
  ['rate(x)', 5, /a range/],
  ['sum(x[5m])', 4, /an instant vector/],
  ['rate(x[0s])', 7, /longer than nothing/],
  ['up == "x"', 6, /this is a text/],
  ['1 > 2', 1, /needs bool/],
  ['x{code=~"5(."}', 8, /not closed/],
  ['x{code=~"a(?!b)"}', 8, /look-around/],
  ['{job=~".*"}', 0, /not empty/],
  ['rat(x[5m])', 3, /unexpected/],
  ['histogram_quantile(0.95)', 0, /does not take 1/],
  ['a / on(job) group_left(job) b', 1, /stands in on/],
  ['x{a="b}', 7, /too early/],
  ['(a + b)[5m]', 0, /no selector/],
] as const) {
  test(`${JSON.stringify(text)} is refused at ${String(offset)}`, () => {
    const { problem } = parsePromql(text)
    assert.ok(problem, 'accepted')
    assert.match(problem.reason, reason)
    assert.equal(problem.offset, offset)
  })
}

test('the name of a metric is found however it is written', () => {
  const named = (text: string) => {
    const { expression } = parsePromql(text)
    return expression && selectorsOf(expression).map(({ selector }) => selector.name)
  }
  assert.deepEqual(named('a + b{x="y"}'), ['a', 'b'])
  assert.deepEqual(named('{__name__="a", x="y"}'), ['a'])
  assert.deepEqual(named('{"http.server.duration", x="y"}'), ['http.server.duration'])
  assert.deepEqual(named('{__name__=~"a.*"}'), [undefined])
})

test('a selector knows the functions around it and the range it is read over', () => {
  const { expression } = parsePromql('max by (job) (rate(x[90s])) + avg_over_time(y[1h:5m])')
  assert.deepEqual(
    expression && selectorsOf(expression).map(({ around, seconds }) => [around.join(' '), seconds]),
    [
      ['max rate', 90],
      ['avg_over_time', 3600],
    ],
  )
})

test('whatever the text, there is an expression or a problem inside of it', () => {
  const pieces = ['a', '(', ')', '[', '5m', ']', '{', '}', '"', "'", '=', '=~', ',', ' ', '\n', '#']
  const words = [
    'sum',
    'by',
    'rate',
    'offset',
    '@',
    'and',
    'on',
    '1',
    '-',
    '+',
    ':',
    '`',
    '\\',
    'é',
  ]
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 40 }).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const { expression, problem } = parsePromql(text)
      assert.equal(expression === undefined, problem !== undefined)
      if (problem) assert.ok(problem.offset >= 0 && problem.offset <= text.length)
    }),
    { numRuns: 3000, seed: 5 },
  )
})

for (const [what, text] of [
  ['a megabyte of operands', 'sum(rate(x[5m])) + '.repeat(50_000)],
  ['brackets that are never closed', '('.repeat(99_000)],
  ['braces that are never closed', '{'.repeat(99_000)],
  ['signs', '-'.repeat(99_000)],
  ['quotes', '"'.repeat(99_000)],
  ['ranges of ranges', 'a[5m]'.repeat(19_000)],
  ['calls of calls', 'abs('.repeat(20_000)],
  ['numbers that begin again', '1.'.repeat(49_000)],
  ['what is no language', '}]) %% $$ ~~ '.repeat(7000)],
  ['matchers', `x{${'a="b",'.repeat(16_000)}}`],
  ['a pattern of patterns', `x{a=~"${'(a+)+'.repeat(9000)}"}`],
] as const) {
  test(`${what} end soon`, () => {
    const startedAt = performance.now()
    const { expression, problem } = parsePromql(text)
    assert.equal(expression === undefined, problem !== undefined)
    assert.ok(performance.now() - startedAt < 10_000)
  })
}
