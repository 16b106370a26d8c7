import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAlertmanager } from '../../src/observability/alertmanager/config.ts'
import { alertmanagerFindings } from '../../src/observability/alertmanager/findings.ts'
import { parseMatchers } from '../../src/observability/alertmanager/matchers.ts'
import { hasAddress } from '../../src/observability/alertmanager/receivers.ts'
import { destinationsOf, inhibitorsOf } from '../../src/observability/alertmanager/routes.ts'
import { fixture } from './fixture.ts'

const config = await readAlertmanager('am.yml', fixture('alertmanager/alertmanager.yml'))

function reached(labels: Readonly<Record<string, string>>, mayHaveOthers: boolean) {
  const known = new Map(Object.entries(labels))
  return destinationsOf(config, { known, mayHaveOthers }).map(
    ({ receiver, isCertain }) => `${receiver?.name ?? 'nobody'}${isCertain ? '' : '?'}`,
  )
}

test('an alert goes where its labels lead', () => {
  assert.deepEqual(reached({ severity: 'critical', team: 'ml-platform' }, false), ['on-call'])
  assert.deepEqual(reached({ severity: 'warning', team: 'ml' }, false), ['chat'])
  assert.deepEqual(reached({ severity: 'warning', alertname: 'ScoreDriftDetected' }, false), [
    'nights',
  ])
  assert.deepEqual(reached({ severity: 'none' }, false), ['blackhole'])
  assert.deepEqual(reached({ job: 'credit-scoring' }, false), ['on-call'])
  assert.deepEqual(reached({ job: 'my-credit-scoring' }, false), ['ml-team'])
})

test('where a label is not known, both ways are followed and neither is certain', () => {
  assert.deepEqual(reached({ severity: 'critical' }, true), ['on-call?', 'on-call?', 'ml-team?'])
  assert.deepEqual(reached({ severity: '{{ $labels.grade }}', team: 'fraud', job: 'x' }, false), [
    'blackhole?',
    'ml-team?',
  ])
})

test('Alertmanager routes random alerts over random trees to the same receivers', async () => {
  const cases = JSON.parse(fixture('oracle/routes.json')) as readonly {
    readonly config: object
    readonly labels: Readonly<Record<string, string>>
    readonly receivers?: readonly string[]
  }[]
  assert.ok(cases.length > 100)
  for (const { config: written, labels, receivers } of cases) {
    const text = JSON.stringify(written)
    const read = await readAlertmanager('am.json', text)
    const failures = alertmanagerFindings(read).filter(({ severity }) => severity === 'fail')
    assert.equal(failures.length === 0, receivers !== undefined, text)
    if (receivers === undefined) continue
    const known = new Map(Object.entries(labels))
    const found = destinationsOf(read, { known, mayHaveOthers: false })
    assert.deepEqual(
      found.map(({ route }) => route.receiver),
      receivers,
      `${text} ${JSON.stringify(labels)}`,
    )
    assert.ok(found.every(({ isCertain }) => isCertain))
  }
})

test('a receiver is told by whether it has an address', () => {
  const addresses = config.receivers.map((receiver) => [
    receiver.name,
    hasAddress(receiver),
    receiver.channels.map(({ kind, address }) => `${kind} ${address}`).join(),
  ])
  assert.deepEqual(addresses, [
    ['ml-team', true, 'email given'],
    ['on-call', true, 'pagerduty in-file'],
    ['chat', true, 'slack in-file'],
    ['nights', true, 'webhook given'],
    ['blackhole', false, ''],
  ])
  assert.deepEqual(
    alertmanagerFindings(config).map(({ code }) => code),
    ['ALERT_RECEIVER_EMPTY'],
  )
})

test('each fault is found where it stands', async () => {
  const broken = await readAlertmanager('broken.yml', fixture('alertmanager/broken.yml'))
  const found = alertmanagerFindings(broken).map(
    ({ code, location }) => `${String(location?.line)}:${String(location?.column)} ${code}`,
  )
  assert.deepEqual(found, [
    '6:18 ALERT_MATCHER_INVALID',
    '6:39 ALERT_MATCHER_INVALID',
    '14:7 ALERT_ROUTE_DURATION_INVALID',
    '20:9 ALERT_RECEIVER_WITHOUT_ADDRESS',
    '23:9 ALERT_RECEIVER_PLACEHOLDER',
    '27:9 ALERT_RECEIVER_PLACEHOLDER',
    '29:5 ALERT_RECEIVER_EMPTY',
    '30:5 ALERT_RECEIVER_REPEATED',
    '32:9 ALERT_RECEIVER_PLACEHOLDER',
    '2:3 ALERT_ROOT_ROUTE_INVALID',
    '15:7 ALERT_ROUTE_UNREACHABLE',
    '5:7 ALERT_RECEIVER_UNKNOWN',
    '9:44 ALERT_INTERVAL_UNKNOWN',
    '9:7 ALERT_ROUTE_SILENCED',
    '11:7 ALERT_ROUTE_SILENCED',
    '45:5 INHIBIT_RULE_WITHOUT_EFFECT',
    '48:5 INHIBIT_RULE_MUTES_ALL',
  ])
})

test('a route with a matcher that cannot be read is never certain', async () => {
  const broken = await readAlertmanager(
    'am.yml',
    'route:\n  receiver: a\n  routes:\n    - receiver: b\n      matchers: ["(", severity="x"]\nreceivers: [{name: a}, {name: b}]\n',
  )
  const labels = { known: new Map([['severity', 'x']]), mayHaveOthers: false }
  assert.deepEqual(
    destinationsOf(broken, labels).map(({ route, isCertain }) => [route.receiver, isCertain]),
    [
      ['b', false],
      ['a', false],
    ],
  )
})

test('an alert is muted by what targets it, and never by its like', () => {
  const inhibitors = (labels: Readonly<Record<string, string>>, mayHaveOthers: boolean) =>
    inhibitorsOf(config, { known: new Map(Object.entries(labels)), mayHaveOthers }).length
  assert.equal(inhibitors({ severity: 'warning' }, false), 1)
  assert.equal(inhibitors({ severity: 'critical' }, false), 0)
  assert.equal(inhibitors({}, false), 0)
  assert.equal(inhibitors({}, true), 1)
})

for (const [text, expected] of [
  ['a=b', ['a=b']],
  ['a = "b c"', ['a=b c']],
  ['{a="b",c!~"d|e",}', ['a=b', 'c!~d|e']],
  ['"ü.x"=~"a,b"', ['ü.x=~a,b']],
  ['a=b c', ['a=b c']],
  ['a="b\\"c"', ['a=b"c']],
  ['{}', []],
  ['a', undefined],
  ['', []],
  [',', undefined],
  ['a=~"("', undefined],
  ['a="b', undefined],
  ['"é"=x=y', undefined],
] as const) {
  test(`the matchers ${JSON.stringify(text)} are read as Alertmanager reads them`, () => {
    const { matchers } = parseMatchers(text)
    assert.deepEqual(
      matchers?.map(({ label, operator, value }) => label + operator + value),
      expected,
    )
  })
}

for (const text of ['', 'groups: []', 'route: []', 'route: {', 'a: 1\n---\nb: 2']) {
  test(`${JSON.stringify(text)} is no configuration and reaches nobody`, async () => {
    const read = await readAlertmanager('am.yml', text)
    assert.deepEqual(
      read.findings.map(({ severity }) => severity),
      ['inconclusive'],
    )
    assert.deepEqual(destinationsOf(read, { known: new Map(), mayHaveOthers: true }), [])
  })
}
