import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readAlertmanager } from '../../src/observability/alertmanager/config.ts'
import { alertmanagerFindings } from '../../src/observability/alertmanager/findings.ts'
import { destinationsOf } from '../../src/observability/alertmanager/routes.ts'
import { readDashboard } from '../../src/observability/grafana/dashboard.ts'
import { joinFindings } from '../../src/observability/join-findings.ts'
import { joinMonitoring } from '../../src/observability/join.ts'
import { ruleFindings } from '../../src/observability/prometheus/rule-findings.ts'
import { readRuleTests } from '../../src/observability/prometheus/rule-tests.ts'
import { readRules } from '../../src/observability/prometheus/rules.ts'
import { messageProblems } from '../../src/report/messages.ts'
import { createRandom, type Random } from '../../src/stats/random.ts'
import { fixture } from './fixture.ts'

const SEED = 20_261_125
const MUTANTS = 60
const LONGEST_MS = 3000
const SIGNS = '[]{}"\'=,:#&*!|>-\\\n\t \u0000$`<@~^()'

const names = ['prometheus', 'alertmanager', 'grafana'].flatMap((folder) =>
  readdirSync(fileURLToPath(new URL(`../../fixtures/observability/${folder}`, import.meta.url)))
    .sort()
    .map((name) => `${folder}/${name}`),
)

function mutated(text: string, random: Random): string {
  const at = random.integer(text.length + 1)
  const rest = random.integer(4)
  if (rest === 0)
    return text.slice(0, at) + (SIGNS[random.integer(SIGNS.length)] ?? '') + text.slice(at)
  if (rest === 1) return text.slice(0, at)
  if (rest === 2) return text.slice(0, at) + text.slice(at + 1 + random.integer(40))
  return text.slice(0, at + random.integer(200)) + text.slice(at)
}

for (const name of names) {
  test(`${name} with damage is read or refused, soon, and every finding has its sentence`, async () => {
    const random = createRandom(SEED)
    const text = fixture(name)
    for (let count = 0; count < MUTANTS; count += 1) {
      const damaged = mutated(text, random)
      const startedAt = performance.now()
      const rules = [await readRules(name, damaged)]
      const config = await readAlertmanager(name, damaged)
      const dashboards = [readDashboard(name, damaged)]
      destinationsOf(config, { known: new Map([['severity', 'critical']]), mayHaveOthers: true })
      const findings = [
        ...ruleFindings(rules),
        ...(await readRuleTests(name, damaged)).findings,
        ...alertmanagerFindings(config),
        ...dashboards.flatMap((dashboard) => dashboard.findings),
        ...joinFindings(joinMonitoring({ metrics: [], rules, dashboards }), true),
      ]
      for (const finding of findings) {
        assert.deepEqual(messageProblems(finding), [])
        assert.equal(finding.location?.path, name)
        assert.ok((finding.location.line ?? 0) >= 1)
      }
      assert.ok(performance.now() - startedAt < LONGEST_MS)
    }
  })
}
