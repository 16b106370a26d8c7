import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readAlerts } from '../../src/rollout/exports/alerts.ts'
import { readAssignments } from '../../src/rollout/exports/assignment-log.ts'
import { coverageOf } from '../../src/rollout/exports/coverage.ts'
import { judgeAlerts } from '../../src/rollout/exports/judge-alerts.ts'
import { judgeMetrics, type MetricLimit } from '../../src/rollout/exports/judge-metrics.ts'
import {
  judgeFirstWeight,
  judgeGrowth,
  summaryOf,
} from '../../src/rollout/exports/judge-rollout.ts'
import { readRange, type Series } from '../../src/rollout/exports/range.ts'
import { readRolloutLog, type RolloutLog } from '../../src/rollout/exports/rollout-log.ts'
import { momentOf, type TimeWindow } from '../../src/rollout/exports/times.ts'
import type { SourceText } from '../../src/rollout/located.ts'
import { readCanaryPlan } from '../../src/rollout/plan/read-plan.ts'
import { edited, fixture, lines, type Edit } from './texts.ts'

const between = (from: string, to: string): TimeWindow => ({
  fromMs: momentOf(from) ?? Number.NaN,
  toMs: momentOf(to) ?? Number.NaN,
})
const WINDOW = between('2026-11-20T08:00:00Z', '2026-11-21T20:00:00Z')

function seriesOf(source: SourceText): readonly Series[] {
  const read = readRange(source)
  assert.ok('series' in read, JSON.stringify(read))
  return read.series
}

describe('a moment', () => {
  it('has its offset from UTC and a day of the calendar', () => {
    assert.equal(momentOf('2026-11-20T10:00:00+02:00'), Date.UTC(2026, 10, 20, 8))
    assert.equal(momentOf('2026-11-20T08:00:00.123456789Z'), Date.UTC(2026, 10, 20, 8, 0, 0, 123))
    for (const text of [
      '2026-11-20',
      '2026-11-20T08:00:00',
      '2026-02-30T08:00:00Z',
      '2026-11-20T25:00:00Z',
      'now',
      '',
      undefined,
    ]) {
      assert.equal(momentOf(text), undefined, text)
    }
  })
})

describe('exported metrics', () => {
  const LIMITS: readonly MetricLimit[] = [
    { metric: 'latency_p95_seconds', max: 0.05 },
    { metric: 'error_ratio', max: 0.01 },
  ]
  const judged = (source: SourceText, window = WINDOW, limits = LIMITS) =>
    lines(judgeMetrics(seriesOf(source), window, limits, source.path)).map((line) =>
      line.replace(/ -$/, ''),
    )

  it('that cover the time within their limits have no findings', () => {
    assert.deepEqual(judged(fixture('exports/range.json')), [])
  })

  const at = (hour: number) => String(Date.UTC(2026, 10, 20, 8 + hour) / 1000)
  const withHole = (): SourceText => {
    const source = fixture('exports/range.json')
    const [from, to] = [source.text.indexOf(`[${at(12)},`), source.text.indexOf(`[${at(13)},`)]
    assert.ok(from > 0 && to > from)
    return { ...source, text: source.text.slice(0, from) + source.text.slice(to) }
  }
  it('with an hour missing are undecided', () => {
    assert.deepEqual(judged(withHole()), ['inconclusive METRIC_GAP'])
  })

  const TABLE: readonly (readonly [
    name: string,
    edits: readonly Edit[],
    expected: readonly string[],
  ])[] = [
    ['a value above its limit', [['"0.034"', '"0.5"']], ['fail METRIC_LIMIT_BROKEN']],
    ['an infinite value', [['"0.034"', '"+Inf"']], ['fail METRIC_LIMIT_BROKEN']],
    ['a value that is not a number', [['"0.034"', '"NaN"']], ['inconclusive METRIC_NOT_A_NUMBER']],
    ['another metric', [['"error_ratio"', '"errors_ratio"']], ['inconclusive METRIC_NOT_EXPORTED']],
  ]
  for (const [name, edits, expected] of TABLE) {
    it(`with ${name} are ${expected[0]?.split(' ')[0] ?? ''}`, () => {
      assert.deepEqual(judged(edited('exports/range.json', edits)), expected)
    })
  }

  it('of a longer time are undecided at the ends', () => {
    const early = between('2026-11-20T06:00:00Z', '2026-11-21T20:00:00Z')
    const late = between('2026-11-20T08:00:00Z', '2026-11-21T22:00:00Z')
    for (const window of [early, late]) {
      assert.deepEqual(judged(fixture('exports/range.json'), window), [
        'inconclusive METRIC_GAP',
        'inconclusive METRIC_GAP',
      ])
    }
  })

  it('with two samples 36 hours apart have no gap and watch nothing', () => {
    const values = [WINDOW.fromMs, WINDOW.toMs].map((time) => [time / 1000, '0.001'])
    const text = JSON.stringify({
      data: { result: [{ metric: { __name__: 'error_ratio' }, values }] },
    })
    assert.deepEqual(
      judged({ path: 'range.json', text }, WINDOW, [{ metric: 'error_ratio', max: 1 }]),
      ['inconclusive METRIC_STEP_WIDE'],
    )
  })

  it('without limits or without series are undecided', () => {
    assert.deepEqual(judged(fixture('exports/range.json'), WINDOW, []), [
      'inconclusive METRICS_WITHOUT_LIMITS',
    ])
    const empty = {
      path: 'range.json',
      text: '{"status":"success","data":{"resultType":"matrix","result":[]}}',
    }
    assert.deepEqual(judged(empty), [
      'inconclusive METRIC_NOT_EXPORTED',
      'inconclusive METRIC_NOT_EXPORTED',
    ])
    const bare = {
      path: 'range.json',
      text: '{"data":{"result":[{"metric":{"__name__":"error_ratio"},"values":[]}]}}',
    }
    assert.deepEqual(judged(bare, WINDOW, [{ metric: 'error_ratio', max: 1 }]), [
      'inconclusive METRIC_GAP',
    ])
  })

  it('may be answers with names of their queries', () => {
    const { text } = fixture('exports/range.json')
    const answer = JSON.parse(text) as { data: { result: object[] } }
    const named = [{ name: 'p95', data: { result: answer.data.result.slice(0, 1) } }]
    assert.deepEqual(
      judged({ path: 'range.json', text: JSON.stringify(named) }, WINDOW, [
        { metric: 'p95', min: 0.01, max: 0.05 },
      ]),
      [],
    )
  })

  it('that are no answer of a range query are unreadable', () => {
    for (const text of [
      '',
      '{',
      '[]',
      '{}',
      '{"status":"error"}',
      '{"data":{"result":[{"metric":{},"value":[1,"2"]}]}}',
      '{"data":{"result":[{"values":[[1,"x"]]}]}}',
      '{"data":{"result":[{"values":[["1","2"]]}]}}',
    ]) {
      const read = readRange({ path: 'range.json', text })
      assert.ok('finding' in read, text)
      assert.equal(read.finding.severity, 'inconclusive')
    }
  })

  it('are covered only if no hole is wider than the limit, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 12 }),
        (count, from, size) => {
          const samples = Array.from({ length: count }, (_, index) => ({
            timeMs: index * 60_000,
            value: 1,
          })).filter((_, index) => index < from || index >= from + size)
          fc.pre(samples.length > size + 5)
          const window = { fromMs: 0, toMs: (count - 1) * 60_000 }
          const inside = Math.max(0, Math.min(count, from + size) - from)
          // At an end the hole is one step shorter: the window itself is a bound.
          const atEnd = from + size >= count || from === 0
          const widest = inside === 0 ? 1 : atEnd ? inside : inside + 1
          const { isCovered } = coverageOf({ name: 'm', labels: new Map(), samples }, window)
          assert.equal(isCovered, widest <= 3)
        },
      ),
    )
  })
})

describe('exported alerts', () => {
  const SINGLE = between('2026-11-20T08:00:00Z', '2026-11-21T20:00:00Z')
  const judged = (source: SourceText, labels = {}) => {
    const read = readAlerts(source)
    assert.ok('alerts' in read, JSON.stringify(read))
    return lines(judgeAlerts(read.alerts, SINGLE, source.path, { labels })).map((line) =>
      line.replace(/ -$/, ''),
    )
  }
  const text = (value: unknown): SourceText => ({
    path: 'alerts.json',
    text: JSON.stringify(value),
  })

  it('with a heartbeat all along and none in the time have no findings', () => {
    assert.deepEqual(judged(fixture('exports/alertmanager.json')), [])
  })

  const TABLE: readonly (readonly [
    name: string,
    edits: readonly Edit[],
    expected: readonly string[],
  ])[] = [
    [
      'one that fired in the time',
      [['2026-11-12T10:20:00Z', '2026-11-20T10:20:00Z']],
      ['fail ALERT_FIRED'],
    ],
    ['one that has no end', [['"endsAt": "2026-11-12T10:20:00Z",', '']], ['fail ALERT_FIRED']],
    [
      'one that ends in the year 1',
      [['2026-11-12T10:20:00Z', '0001-01-01T00:00:00Z']],
      ['fail ALERT_FIRED'],
    ],
    [
      'a heartbeat that began later',
      [['2026-10-01T00:00:00Z', '2026-11-20T09:00:00Z']],
      ['inconclusive ALERTS_COVER_UNKNOWN'],
    ],
    [
      'no heartbeat',
      [
        ['Watchdog', 'Other'],
        ['2026-11-22T00:04:00Z', '2026-11-01T00:00:00Z'],
      ],
      ['inconclusive ALERTS_COVER_UNKNOWN'],
    ],
  ]
  for (const [name, edits, expected] of TABLE) {
    it(`${name} is found`, () => {
      assert.deepEqual(judged(edited('exports/alertmanager.json', edits)), expected)
    })
  }

  it('of another service do not count, one without the label does', () => {
    const source = edited('exports/alertmanager.json', [
      ['2026-11-12T10:20:00Z', '2026-11-20T10:20:00Z'],
    ])
    assert.deepEqual(judged(source, { service: 'search' }), [])
    assert.deepEqual(judged(source, { team: 'search' }), ['fail ALERT_FIRED'])
  })

  it('that are none are undecided unless the export says which time it covers', () => {
    assert.deepEqual(judged(text([])), ['inconclusive ALERTS_COVER_UNKNOWN'])
    const stated = { from: '2026-11-20T07:00:00Z', to: '2026-11-21T21:00:00Z', alerts: [] }
    assert.deepEqual(judged(text(stated)), [])
    assert.deepEqual(judged(text({ ...stated, to: '2026-11-21T10:00:00Z' })), [
      'inconclusive ALERTS_COVER_UNKNOWN',
    ])
  })

  it('of Prometheus count when they fire, not when they wait', () => {
    const alert = (state: string) => ({
      labels: { alertname: 'A' },
      state,
      activeAt: '2026-11-20T09:00:00Z',
      value: '1',
    })
    const of = (state: string) =>
      judged(text({ status: 'success', data: { alerts: [alert(state)] } }))
    assert.deepEqual(of('firing'), ['fail ALERT_FIRED', 'inconclusive ALERTS_COVER_UNKNOWN'])
    assert.deepEqual(of('pending'), ['inconclusive ALERTS_COVER_UNKNOWN'])
  })

  it('may be a range query of ALERTS', () => {
    const run = (name: string, from: number, to: number, state = 'firing') => ({
      metric: { __name__: 'ALERTS', alertname: name, alertstate: state },
      values: Array.from({ length: (to - from) / 300 + 1 }, (_, index) => [
        from + index * 300,
        '1',
      ]),
    })
    const [from, to] = [SINGLE.fromMs / 1000, SINGLE.toMs / 1000]
    const of = (...result: readonly object[]) =>
      judged(text({ data: { resultType: 'matrix', result } }))
    assert.deepEqual(of(run('Watchdog', from, to)), [])
    assert.deepEqual(of(run('Watchdog', from, to), run('A', from + 3600, from + 7200)), [
      'fail ALERT_FIRED',
    ])
    assert.deepEqual(
      of(run('Watchdog', from, to), run('A', from + 3600, from + 7200, 'pending')),
      [],
    )
    assert.deepEqual(of(run('Watchdog', from, to - 36_000)), ['inconclusive ALERTS_COVER_UNKNOWN'])
    assert.deepEqual(of(), ['inconclusive ALERTS_COVER_UNKNOWN'])
  })

  it('that are no list are unreadable', () => {
    for (const value of [
      {},
      3,
      [{}],
      [{ labels: { alertname: 'A' } }],
      [{ labels: {}, startsAt: '2026-11-20T09:00:00Z' }],
      { from: 'x', to: 'y', alerts: [] },
      { from: '2026-11-20T09:00:00Z', alerts: [] },
    ]) {
      assert.ok('finding' in readAlerts(text(value)), JSON.stringify(value))
    }
    assert.ok('finding' in readAlerts({ path: 'alerts.json', text: '' }))
  })
})

function logOf(source: SourceText): RolloutLog {
  const read = readRolloutLog(source)
  assert.ok('log' in read, JSON.stringify(read))
  return read.log
}

describe('the record of a rollout', () => {
  it('that grew slowly has no findings', async () => {
    const plan = await readCanaryPlan(fixture('plans/own.yaml'))
    assert.ok('plan' in plan)
    for (const name of ['exports/rollout.jsonl', 'exports/argo-events.json']) {
      const log = logOf(fixture(name))
      assert.deepEqual(
        log.points.map(({ weight }) => weight),
        [5, 25, 60, 100],
      )
      assert.deepEqual(lines(judgeFirstWeight(log)), [])
      assert.deepEqual(lines(judgeGrowth(log, plan.plan)), [])
      assert.deepEqual(summaryOf(log).window, WINDOW)
    }
  })

  const TABLE: readonly (readonly [
    name: string,
    edits: readonly Edit[],
    expected: readonly string[],
  ])[] = [
    [
      'the first share was a third',
      [['"5%"', '33']],
      [
        'fail ROLLOUT_FIRST_WEIGHT_LARGE 1',
        'fail ROLLOUT_WEIGHT_FELL 2',
        'fail ROLLOUT_STEP_ABOVE_PLAN 1',
      ],
    ],
    [
      'it went back',
      [['60}', '10}']],
      ['fail ROLLOUT_WEIGHT_FELL 3', 'fail ROLLOUT_STEP_ABOVE_PLAN 4'],
    ],
    [
      'it skipped a step',
      [['{"time": "2026-11-21T08:00:00Z", "weight": 25}\n', '']],
      ['fail ROLLOUT_STEP_ABOVE_PLAN 2'],
    ],
    [
      'it is not finished',
      [['{"time": "2026-11-21T20:00:00Z", "weight": 100}\n', '']],
      ['inconclusive ROLLOUT_UNFINISHED 3'],
    ],
    [
      'it was over in an afternoon',
      [['2026-11-20T08', '2026-11-21T06']],
      ['fail ROLLOUT_TOO_FAST 4'],
    ],
    [
      'a time has no offset',
      [['14:00:00Z', '14:00:00']],
      [
        'inconclusive ROLLOUT_RECORD_UNREAD 3',
        'inconclusive ROLLOUT_RECORD_UNREAD 3',
        'fail ROLLOUT_STEP_ABOVE_PLAN 4',
      ],
    ],
    [
      'a line is cut off',
      [['"weight": 25}', '"wei']],
      [
        'inconclusive ROLLOUT_RECORD_UNREAD 2',
        'inconclusive ROLLOUT_RECORD_UNREAD 2',
        'fail ROLLOUT_STEP_ABOVE_PLAN 3',
      ],
    ],
    [
      'a share is above 100',
      [['"weight": 100', '"weight": 1000']],
      [
        'inconclusive ROLLOUT_RECORD_UNREAD 4',
        'inconclusive ROLLOUT_RECORD_UNREAD 4',
        'inconclusive ROLLOUT_UNFINISHED 3',
      ],
    ],
  ]
  for (const [name, edits, expected] of TABLE) {
    it(`shows that ${name}`, async () => {
      const plan = await readCanaryPlan(fixture('plans/own.yaml'))
      assert.ok('plan' in plan)
      const log = logOf(edited('exports/rollout.jsonl', edits))
      assert.deepEqual(lines([...judgeFirstWeight(log), ...judgeGrowth(log, plan.plan)]), expected)
    })
  }

  it('of one moment decides nothing', () => {
    const log = logOf(fixture('exports/argo-status.json'))
    assert.deepEqual(
      log.points.map(({ weight, timeMs }) => [weight, timeMs]),
      [[5, Date.UTC(2026, 10, 20, 8, 0, 30)]],
    )
    assert.deepEqual(lines([...judgeFirstWeight(log), ...judgeGrowth(log)]), [
      'inconclusive ROLLOUT_LOG_SHORT -',
      'inconclusive ROLLOUT_LOG_SHORT -',
    ])
  })

  it('of a Rollout that serves alone is 100 %', () => {
    const log = logOf(
      edited('exports/argo-status.json', [['"stableRS": "7d9f8c6b5"', '"stableRS": "6c54544bf9"']]),
    )
    assert.deepEqual(
      log.points.map(({ weight }) => weight),
      [100],
    )
  })

  it('that was aborted fails', () => {
    const status = logOf(
      edited('exports/argo-status.json', [
        ['"phase": "Paused"', '"abort": true, "phase": "Degraded"'],
      ]),
    )
    assert.deepEqual(lines(judgeGrowth(status)), ['fail ROLLOUT_ABORTED -'])
    const events = logOf(
      edited('exports/argo-events.json', [
        [
          '"RolloutStepCompleted", "message": "Rollout step 5/6 completed (setWeight: 60)"',
          '"RolloutAborted", "message": "Rollout aborted update to revision 4"',
        ],
      ]),
    )
    assert.ok(lines(judgeGrowth(events)).includes('fail ROLLOUT_ABORTED -'))
  })

  it('of Flagger tells the promoted canary as everything', () => {
    const canary = (status: object): SourceText => ({
      path: 'canary.json',
      text: JSON.stringify({ kind: 'Canary', status }),
    })
    const at = '2026-11-21T20:00:00Z'
    const weights = (status: object) => logOf(canary(status)).points.map(({ weight }) => weight)
    assert.deepEqual(
      weights({ phase: 'Succeeded', canaryWeight: 0, lastTransitionTime: at }),
      [100],
    )
    assert.deepEqual(
      weights({ phase: 'Progressing', canaryWeight: 15, lastTransitionTime: at }),
      [15],
    )
    assert.equal(
      logOf(canary({ phase: 'Failed', canaryWeight: 0, lastTransitionTime: at })).isAborted,
      true,
    )
  })

  it('that holds no share is unreadable', () => {
    for (const text of [
      '',
      '[]',
      '{}',
      'weight 5',
      '{"time": "2026-11-20T08:00:00Z"}',
      '{"kind": "Rollout", "status": {}}',
    ]) {
      const read = readRolloutLog({ path: 'rollout.json', text })
      assert.ok('finding' in read, text)
      assert.equal(read.finding.severity, 'inconclusive')
    }
  })
})

describe('the log of assignments', () => {
  it('is counted by unit', () => {
    const read = readAssignments(fixture('exports/assignments.csv'), { unit: 'customer_id' })
    assert.ok('assignments' in read)
    assert.deepEqual(Object.fromEntries(read.assignments.counts), { candidate: 197, previous: 203 })
    assert.deepEqual(read.assignments.findings, [])
  })

  it('is counted by row without a unit', () => {
    const read = readAssignments(fixture('exports/assignments.csv'))
    assert.ok('assignments' in read)
    assert.equal(
      [...read.assignments.counts.values()].reduce((sum, count) => sum + count, 0),
      408,
    )
  })

  const TABLE: readonly (readonly [
    name: string,
    edits: readonly Edit[],
    expected: readonly string[],
  ])[] = [
    [
      'a unit in both parts',
      [['c0001,previous', 'c0000,previous']],
      ['fail AB_UNITS_IN_TWO_PARTS -'],
    ],
    [
      'a row without a part',
      [['c0001,previous', 'c0001,']],
      ['inconclusive AB_ROWS_WITHOUT_PART 4'],
    ],
    [
      'a part that is null',
      [['c0001,previous', 'c0001,NaN']],
      ['inconclusive AB_ROWS_WITHOUT_PART 4'],
    ],
    ['a row cut off', [['c0001,previous,', 'c0001']], ['inconclusive AB_ROWS_WITHOUT_PART 4']],
  ]
  for (const [name, edits, expected] of TABLE) {
    it(`with ${name} is told so`, () => {
      const source = edited('exports/assignments.csv', edits)
      const read = readAssignments(source, { unit: 'customer_id' })
      assert.ok('assignments' in read)
      assert.deepEqual(lines(read.assignments.findings), expected)
    })
  }

  it('keeps quoted commas, quotes and line ends together', () => {
    const text = 'user,arm\r\n"a, ""b""\nc",one\r\nd,two\r\n'
    const read = readAssignments({ path: 'ab.csv', text }, { unit: 'user' })
    assert.ok('assignments' in read)
    assert.deepEqual(Object.fromEntries(read.assignments.counts), { one: 1, two: 1 })
  })

  it('without rows or columns is unreadable', () => {
    for (const text of ['', 'variant\n', 'a,b\n1,2\n']) {
      assert.ok('finding' in readAssignments({ path: 'ab.csv', text }), text)
    }
    assert.ok('finding' in readAssignments(fixture('exports/assignments.csv'), { unit: 'user' }))
    assert.ok('finding' in readAssignments(fixture('exports/assignments.csv'), { part: 'arm' }))
  })
})
