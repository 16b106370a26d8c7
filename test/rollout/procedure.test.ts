import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readIncidentLog } from '../../src/rollout/procedure/incident-log.ts'
import { judgeRunbook } from '../../src/rollout/procedure/judge-runbook.ts'
import { readRoster } from '../../src/rollout/procedure/on-call.ts'
import { readRunbook } from '../../src/rollout/procedure/runbook.ts'
import type { SourceText } from '../../src/rollout/located.ts'
import { edited, fixture, lineOf, lines, type Edit } from './texts.ts'

const FILES = ['deploy/purge.sh', 'docs/serving.md', 'incidents/incidents.jsonl']
const TODAY = '2026-11-25'

const judged = (source: SourceText, today = TODAY) =>
  lines(judgeRunbook(readRunbook(source), { today, exists: (path) => FILES.includes(path) }))

type Broken = readonly [
  name: string,
  edits: readonly Edit[],
  expected: readonly (readonly [string, string | undefined])[],
]

describe('a rollback procedure', () => {
  it('that says all has no findings', () => {
    const runbook = readRunbook(fixture('procedures/ROLLBACK.md'))
    assert.deepEqual(judged(fixture('procedures/ROLLBACK.md')), [])
    assert.deepEqual([...runbook.steps.keys()].sort(), [
      'cache',
      'notify',
      'record',
      'select',
      'swap',
    ])
    assert.deepEqual(runbook.references.map(({ path }) => path).sort(), [...FILES].sort())
    assert.equal(runbook.owner?.value, 'Ana Ruiz')
    assert.equal(runbook.contact?.value, '#credit-oncall, +44 20 7946 0000')
    assert.equal(runbook.maximumTime?.value, 15 * 60_000)
    assert.equal(runbook.lastDrill?.value, '2026-11-03')
  })

  const TABLE: readonly Broken[] = [
    [
      'a script that does not exist',
      [['sh deploy/purge.sh', 'sh deploy/flush.sh']],
      [['fail RUNBOOK_FILE_MISSING', 'deploy/flush.sh']],
    ],
    [
      'a link into nothing',
      [['docs/serving.md', 'docs/service.md']],
      [['fail RUNBOOK_FILE_MISSING', 'docs/service.md']],
    ],
    [
      'a text in which nothing is filled in',
      [["f'model_v{previous_version}.pkl'", "'model_v{previous_version}.pkl'"]],
      [['fail RUNBOOK_PLACEHOLDER', 'model_v{']],
    ],
    [
      'an f-string of a name that nothing defines',
      [['previous_version = open', 'version = open']],
      [['fail RUNBOOK_PLACEHOLDER', 'model_v{']],
    ],
    [
      'a variable that nothing sets',
      [['VERSION=$(cat deploy/previous)\n', 'cat deploy/previous\n']],
      [
        ['fail RUNBOOK_PLACEHOLDER', 'models/${VERSION}'],
        ['fail RUNBOOK_PLACEHOLDER', '"$VERSION"'],
      ],
    ],
    [
      'a thing to do',
      [['Notify the channel', 'Notify TODO']],
      [['fail RUNBOOK_PLACEHOLDER', 'TODO\u0020and']],
    ],
    [
      'an angle to fill in',
      [['point `deploy/current` at it', 'point `deploy/current` at <version>']],
      [['fail RUNBOOK_PLACEHOLDER', '<version>']],
    ],
    [
      'braces to fill in',
      [['point `deploy/current` at it', 'point `deploy/current` at {target}']],
      [['fail RUNBOOK_PLACEHOLDER', '{target}']],
    ],
    [
      'double braces',
      [['point `deploy/current` at it', 'point `deploy/current` at {{ target }}']],
      [['fail RUNBOOK_PLACEHOLDER', '{{ target']],
    ],
    [
      'no swap',
      [
        ['2. Swap the model: point `deploy/current` at it in one step.\n', ''],
        ['ln -sfn "models/${VERSION}" deploy/current.new\n', ''],
      ],
      [['fail RUNBOOK_STEP_MISSING', undefined]],
    ],
    [
      'no selection',
      [
        ['1. Identify the version to go back to: it stands', '1. It stands'],
        ["model = load_model(f'model_v{previous_version}.pkl')", ''],
        [
          "from serve.registry import load_model\n\nprevious_version = open('deploy/previous').read().strip()\n",
          '',
        ],
      ],
      [['fail RUNBOOK_STEP_MISSING', undefined]],
    ],
    [
      'no caches',
      [['3. Purge the caches with `deploy/purge.sh`.\n', '']],
      [['warn RUNBOOK_STEP_MISSING', undefined]],
    ],
    [
      'no notice',
      [['4. Notify the channel and the people on call.\n', '']],
      [['warn RUNBOOK_STEP_MISSING', undefined]],
    ],
    [
      'no record',
      [['5. Record the rollback in the incident log `incidents/incidents.jsonl`.\n', '']],
      [['warn RUNBOOK_STEP_MISSING', undefined]],
    ],
    ['no owner', [['Owner: Ana Ruiz\n', '']], [['warn RUNBOOK_LACKS', undefined]]],
    [
      'an owner to be named',
      [['Owner: Ana Ruiz', 'Owner: TBD']],
      [
        ['fail RUNBOOK_PLACEHOLDER', 'TBD'],
        ['warn RUNBOOK_LACKS', undefined],
      ],
    ],
    [
      'no contact and no time',
      [['Contact: #credit-oncall, +44 20 7946 0000\nMaximum time: 15 minutes\n', '']],
      [['warn RUNBOOK_LACKS', undefined]],
    ],
    ['no drill', [['Last drill: 2026-11-03\n', '']], [['warn RUNBOOK_NEVER_DRILLED', undefined]]],
    [
      'a drill on no day',
      [['Last drill: 2026-11-03', 'Last drill: 2026-11-31']],
      [['warn RUNBOOK_NEVER_DRILLED', undefined]],
    ],
    [
      'a drill of spring',
      [['Last drill: 2026-11-03', 'Last drill: 2026-04-03']],
      [['warn RUNBOOK_DRILL_OLD', 'Last drill']],
    ],
    [
      'a drill to come',
      [['Last drill: 2026-11-03', 'Last drill: 2026-12-03']],
      [['inconclusive RUNBOOK_DRILL_LATER', 'Last drill']],
    ],
  ]
  for (const [name, edits, expected] of TABLE) {
    it(`with ${name} is told so`, () => {
      const source = edited('procedures/ROLLBACK.md', edits)
      const places = expected.map(
        ([finding, part]) =>
          `${finding} ${part === undefined ? '-' : String(lineOf(source, part))}`,
      )
      assert.deepEqual(judged(source), places)
    })
  }

  it('says the column of a placeholder', () => {
    const source = edited('procedures/ROLLBACK.md', [['at it in one', 'at {target} in one']])
    assert.deepEqual(readRunbook(source).placeholders, [
      {
        text: '{target}',
        location: { path: 'ROLLBACK.md', line: lineOf(source, '{target}'), column: 46 },
      },
    ])
  })

  it('counts a drill as old on the day after the ninetieth', () => {
    assert.deepEqual(judged(fixture('procedures/ROLLBACK.md'), '2027-02-01'), [])
    assert.deepEqual(judged(fixture('procedures/ROLLBACK.md'), '2027-02-02'), [
      'warn RUNBOOK_DRILL_OLD 6',
    ])
  })

  it('has no placeholder in what only looks like one', () => {
    const text = [
      '## Notes',
      'See <https://example.org/a> or write to <ana@example.org>.<br>',
      '```sh',
      'VERSION=${1:?version}',
      'for pod in $(kubectl get pods -o name); do echo "$pod"; done',
      "awk '{print}' deploy/previous",
      'curl -d \'{"model": 1}\' http://localhost:8080 < body.json > out.json',
      'echo ${HOME} ${TARGET:-current} {a,b} HEAD@{upstream}',
      '```',
      '```python',
      'names = {name}',
      "print('{version}'.format(version=version))",
      'version = 1',
      '```',
      '<!-- {hidden}',
      'TODO -->',
      'The variable `{version}` is set above.',
    ].join('\n')
    assert.deepEqual(readRunbook({ path: 'a.md', text }).placeholders, [])
  })

  it('names files and nothing else as references', () => {
    const text = [
      'Use `kubectl rollout undo deployment/credit`, `origin/main`, `--flag=a/b`, `/etc/hosts` and `n/a`.',
      'Open [the plan](./deploy/plan.yaml#steps), [home](https://example.org/x.html), [below](#below).',
      '```sh',
      '# sh deploy/commented.sh',
      'docker pull registry.example.org/credit/model:1',
      'python3 tools/swap.py --to models/${VERSION}/model.joblib > swap.json',
      './deploy/undo --config=deploy/undo.yaml',
      '```',
    ].join('\n')
    assert.deepEqual(readRunbook({ path: 'a.md', text }).references, [
      { path: 'deploy/plan.yaml', location: { path: 'a.md', line: 2, column: 17 } },
      { path: 'tools/swap.py', location: { path: 'a.md', line: 6, column: 9 } },
      { path: 'deploy/undo', location: { path: 'a.md', line: 7, column: 1 } },
      { path: 'deploy/undo.yaml', location: { path: 'a.md', line: 7, column: 24 } },
    ])
  })

  it('that is empty lacks everything', () => {
    assert.equal(judged({ path: 'ROLLBACK.md', text: '' }).length, 7)
  })

  it('is undecided about files that nobody looked for', () => {
    const runbook = readRunbook(fixture('procedures/ROLLBACK.md'))
    const findings = judgeRunbook(runbook, { today: TODAY, exists: () => undefined })
    assert.deepEqual(new Set(findings.map(({ code }) => code)), new Set(['RUNBOOK_FILE_UNKNOWN']))
  })
})

describe('an incident log', () => {
  it('with complete entries has no findings', () => {
    const { incidents, findings } = readIncidentLog(fixture('procedures/incidents.jsonl'))
    assert.deepEqual(findings, [])
    assert.deepEqual(
      incidents.map(({ action, from, to, line }) => [action, from, to, line]),
      [
        ['rollback', '2026.08.1', '2026.05.3', 1],
        ['drill', '2026.08.2', '2026.08.1', 2],
      ],
    )
  })

  for (const [name, edit] of [
    ['from and to are the same', ['"to": "2026.08.1"', '"to": "2026.08.2"']],
    ['to is missing', [', "to": "2026.08.1"', '']],
    ['the reason is empty', ['"quarterly drill"', '" "']],
    ['the action is null', ['"action": "drill"', '"action": null']],
    ['the time has no offset', ['10:00:00+01:00', '10:00:00']],
    ['the line is cut off', ['"2026.08.1"}\n', '"2026']],
    ['the line is no object', ['{"timestamp": "2026-11-03', '[1]\n{"timestamp": "2026-11-03']],
  ] as const) {
    it(`in which ${name} fails at line 2`, () => {
      const { findings } = readIncidentLog(edited('procedures/incidents.jsonl', [edit]))
      assert.deepEqual(lines(findings), ['fail INCIDENT_INVALID 2'])
    })
  }

  it('without entries shows nothing', () => {
    assert.deepEqual(lines(readIncidentLog({ path: 'a.jsonl', text: '\n' }).findings), [
      'inconclusive INCIDENT_LOG_EMPTY -',
    ])
  })
})

describe('the people on call', () => {
  const roster = async (edits: readonly Edit[], today = TODAY) =>
    lines((await readRoster(edited('procedures/oncall.yaml', edits), today)).findings)

  it('who can be called have no findings', async () => {
    assert.deepEqual(await roster([]), [])
  })

  for (const [name, edits, expected] of [
    [
      'without a contact fail',
      [[', contact: bo@example.org', '']],
      ['fail ROSTER_WITHOUT_CONTACT 3'],
    ],
    ['without a name fail', [['name: Bo Lind, ', '']], ['fail ROSTER_WITHOUT_CONTACT 3']],
    [
      'on a day that is none are undecided',
      [['2026-12-31', '2026-12-32']],
      ['inconclusive ROSTER_DAY_INVALID 3'],
    ],
    [
      'who all come later fail',
      [
        ['from: 2026-11-01, to: 2026-11-30', 'from: 2026-12-01'],
        ['  - {name: Credit team, contact: "+44 20 7946 0000"}\n', ''],
      ],
      ['fail ROSTER_NOBODY_TODAY 2'],
    ],
  ] as const) {
    it(name, async () => assert.deepEqual(await roster(edits), expected))
  }

  it('may be a plain list of addresses', async () => {
    const { people, findings } = await readRoster(
      { path: 'a.yaml', text: '- ana@example.org\n- bo@example.org\n' },
      TODAY,
    )
    assert.deepEqual(lines(findings), [])
    assert.equal(people.length, 2)
  })

  it('are nobody, one, or no list', async () => {
    const of = async (text: string) =>
      lines((await readRoster({ path: 'a.yaml', text }, TODAY)).findings)
    assert.deepEqual(await of('on_call: []\n'), ['fail ROSTER_EMPTY 1'])
    assert.deepEqual(await of('- ana@example.org\n'), ['warn ROSTER_OF_ONE 1'])
    assert.deepEqual(await of(''), ['inconclusive ROSTER_UNREADABLE -'])
    assert.deepEqual(await of('people: Ana\n'), ['inconclusive ROSTER_UNREADABLE 1'])
    assert.deepEqual(await of('a: [\n'), ['inconclusive ROSTER_UNREADABLE 2'])
  })
})
