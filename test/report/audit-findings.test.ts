import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeDependenciesPinned } from '../../src/checks/code-dependencies-pinned.ts'
import { codeReproducibility } from '../../src/checks/code-reproducibility.ts'
import type { Finding } from '../../src/core/finding.ts'
import { defaultParams } from '../../src/core/params.ts'
import type { ReproducibilityRuns } from '../../src/facts/reproducibility.ts'
import type { RetrainingOutcome } from '../../src/facts/retraining.ts'
import { comparePredictions } from '../../src/facts/compare-predictions.ts'
import { readRequirements } from '../../src/locks/requirements.ts'
import { crashJudgement, unmetCondition } from '../../src/policy/judgements.ts'
import { acceptAnswer, type PredictProblem } from '../../src/runner/predict.ts'
import { judgeProject, leavesOf } from '../checks/projects.ts'
import { ATTESTATION, FAIL, OTHER_MODEL, PASS, policyOf, WAIVER, WARN } from '../policy/terms.ts'
import { assertWords } from './assert-words.ts'

describe('findings about waivers and attestations', () => {
  it('have their sentence', () => {
    const waive = (change: Partial<typeof WAIVER>, more = {}, judgement = FAIL) =>
      policyOf(judgement, { waivers: [{ ...WAIVER, ...change }], ...more })
    const unbound = { ...WAIVER, modelSha256: undefined } as unknown as typeof WAIVER
    const attest = (change: Partial<typeof ATTESTATION>, more = {}) =>
      policyOf(null, { attestations: [{ ...ATTESTATION, ...change }], ...more })
    const results = [
      waive({ expires: '2026-11-24' }),
      waive({ modelSha256: OTHER_MODEL }),
      waive({}, { context: { modelSha256: null } }),
      waive({}, { item: { waivable: { allowed: false, maxDays: null, undecided: false } } }),
      waive({ created: '2026-11-26' }),
      waive({}, { item: { waivable: { allowed: true, maxDays: 3, undecided: false } } }),
      policyOf(FAIL, { waivers: [unbound] }),
      waive({ expires: '2026-11-28' }),
      policyOf(FAIL, { waivers: [WAIVER, { ...WAIVER, expires: '2026-12-01' }] }),
      waive({}, {}, PASS),
      waive({ item: 'no.such-item' }),
      policyOf(null),
      attest({ expires: '2026-11-24' }),
      attest({ date: '2026-11-26' }),
      policyOf(null, {
        attestations: [{ ...ATTESTATION, modelSha256: undefined } as unknown as typeof ATTESTATION],
      }),
      attest({}, { context: { modelSha256: null } }),
      attest({ modelSha256: OTHER_MODEL }),
      attest({ evidence: 'docs/drill.md', evidenceState: 'missing' }),
      attest({}, { item: { everyDays: 7 } }),
      attest({ item: 'no.such-item' }),
      policyOf(PASS, { attestations: [ATTESTATION] }),
      policyOf(WARN, { item: { minEvidence: 'executed' } }),
      policyOf(crashJudgement(new Error('It broke.'))),
      policyOf(unmetCondition('rollout', { path: 'checklist.yaml', line: 7 })),
    ]
    assertWords(
      results.flatMap(({ items, gateFindings }) => [
        ...items.flatMap(({ findings }) => findings),
        ...gateFindings,
      ]),
      [
        'WAIVER_EXPIRED',
        'WAIVER_OTHER_MODEL',
        'WAIVER_MODEL_UNKNOWN',
        'WAIVER_NOT_ALLOWED',
        'WAIVER_NOT_YET_VALID',
        'WAIVER_TOO_LONG',
        'WAIVER_NOT_BOUND',
        'WAIVER_EXPIRING_SOON',
        'WAIVER_SUPERSEDED',
        'WAIVER_UNUSED',
        'WAIVER_UNKNOWN_ITEM',
        'ATTESTATION_MISSING',
        'ATTESTATION_EXPIRED',
        'ATTESTATION_NOT_YET_VALID',
        'ATTESTATION_NOT_BOUND',
        'ATTESTATION_MODEL_UNKNOWN',
        'ATTESTATION_OTHER_MODEL',
        'ATTESTATION_EVIDENCE_MISSING',
        'ATTESTATION_DUE',
        'ATTESTATION_UNKNOWN_ITEM',
        'ATTESTATION_NOT_USED',
        'EVIDENCE_BELOW_MINIMUM',
        'CHECK_CRASHED',
        'CONDITION_NOT_MET',
      ],
    )
  })
})

const SHA256 = `--hash=sha256:${'a'.repeat(64)}`
const REQUIREMENTS: Readonly<Record<string, string>> = {
  'requirements.txt': [
    'numpy',
    'pandas>=2',
    'scipy==1.4.*',
    'joblib>=1,<2',
    'flask==${VERSION}',
    'bad==not-a-version',
    'tqdm==4.0 ; nonsense',
    '-e ./local',
    './local-folder',
    `short==1.0 --hash=sha256:abc`,
    `weak==1.0 --hash=md5:${'a'.repeat(32)}`,
    `https://example.org/a.whl#md5=${'a'.repeat(32)}`,
    'b @ https://example.org/b.whl',
    'c @ git+https://example.org/c.git@0123456789abcdef0123456789abcdef01234567',
    'd @ git+https://example.org/d.git@main',
    `hashed==1.0 ${SHA256}`,
    'same==1.0',
    'same==1.0',
    'twice==1.0',
    'twice==2.0',
    'pinned==2.0',
    '-c constraints.txt',
    '-r loop.txt',
    '-r missing.txt',
    '-r ../outside.txt',
    '-r https://example.org/requirements.txt',
    '-r binary.txt',
    '--pre',
    '--extra-index-url https://example.org/simple',
    '--trusted-host example.org',
    '--index-url http://example.org/simple',
    SHA256,
    '--no-such-option',
    'kept==1.0 # newest \\',
    'swallowed==1.0',
  ].join('\n'),
  'constraints.txt': 'pinned==3.0\n',
  'loop.txt': '-r requirements.txt\n',
  'unhashed.txt': '--no-require-hashes\nnumpy==2.0\n',
  'empty.txt': '# nothing\n',
}

async function pinFindings(
  paths: readonly string[],
  unsupported: readonly { path: string; format: string }[] = [],
): Promise<readonly Finding[]> {
  const set = await readRequirements(paths, (path) => {
    if (path === '../outside.txt') return Promise.resolve('outside')
    if (path === 'binary.txt') return Promise.resolve(Uint8Array.of(0xff, 0xfe, 0x00))
    const text = REQUIREMENTS[path] ?? deep(path)
    return Promise.resolve(text === undefined ? 'missing' : new TextEncoder().encode(text))
  })
  const files = set.files.map((path) => ({ path, sha256: '' }))
  const distributions = set.entries.map(({ name }) => name)
  const judgement = codeDependenciesPinned.judge(
    {
      'dependencies.requirements': {
        key: 'dependencies.requirements',
        state: 'present',
        value: { ...set, files, unsupported, distributions, imports: undefined },
        source: { path: paths[0] ?? '' },
      },
    },
    defaultParams(codeDependenciesPinned.params),
  )
  return judgement.findings ?? []
}

function deep(path: string): string | undefined {
  const [, level] = /^deep(\d+)\.txt$/.exec(path) ?? []
  return level === undefined ? undefined : `-r deep${String(Number(level) + 1)}.txt\n`
}

describe('findings about pins', () => {
  it('have their sentence', async () => {
    assertWords(
      [
        ...(await pinFindings(['requirements.txt'])),
        ...(await pinFindings(['unhashed.txt', 'deep1.txt'])),
        ...(await pinFindings(['empty.txt'], [{ path: 'Pipfile', format: 'Pipfile' }])),
      ],
      [
        'REQUIREMENT_UNPINNED',
        'REQUIREMENT_RANGE',
        'REQUIREMENT_WILDCARD',
        'REQUIREMENT_SEVERAL_SPECIFIERS',
        'REQUIREMENT_VARIABLE',
        'REQUIREMENT_INVALID',
        'REQUIREMENT_MARKER_INVALID',
        'REQUIREMENT_EDITABLE',
        'REQUIREMENT_LOCAL_PATH',
        'REQUIREMENT_HASH_INVALID',
        'REQUIREMENT_WEAK_HASH',
        'REQUIREMENT_URL_WEAK_HASH',
        'REQUIREMENT_URL_WITHOUT_HASH',
        'REQUIREMENT_VCS_COMMIT',
        'REQUIREMENT_VCS_NOT_COMMIT',
        'REQUIREMENT_SWALLOWED',
        'REQUIREMENT_REPEATED',
        'REQUIREMENT_CONTRADICTED',
        'REQUIREMENTS_CONSTRAINT_CONFLICT',
        'REQUIREMENTS_HASH_MODE_INCOMPLETE',
        'REQUIREMENTS_HASHES_DISABLED',
        'REQUIREMENTS_HASH_IGNORED',
        'REQUIREMENTS_PRE_RELEASES',
        'REQUIREMENTS_EXTRA_INDEX',
        'REQUIREMENTS_TRUSTED_HOST',
        'REQUIREMENTS_INSECURE_INDEX',
        'REQUIREMENTS_WITHOUT_HASHES',
        'REQUIREMENTS_EMPTY',
        'REQUIREMENTS_FILE_MISSING',
        'REQUIREMENTS_NOT_TEXT',
        'REQUIREMENTS_LINE_INVALID',
        'REQUIREMENTS_INCLUDE_CYCLE',
        'REQUIREMENTS_INCLUDE_TOO_DEEP',
        'REQUIREMENTS_INCLUDE_OUTSIDE',
        'REQUIREMENTS_INCLUDE_REMOTE',
        'LOCK_FORMAT_UNSUPPORTED',
      ],
    )
  })
})

function runFindings(parts: Partial<ReproducibilityRuns>): readonly Finding[] {
  const judgement = codeReproducibility.judge(
    {
      'reproducibility.retraining': {
        key: 'reproducibility.retraining',
        state: 'absent',
        looked: [],
        block: 'commands.train',
      },
      'reproducibility.runs': {
        key: 'reproducibility.runs',
        state: 'present',
        value: {
          data: 'data/test.csv',
          rows: 20,
          task: 'regression',
          columns: ['prediction'],
          changedInputs: [],
          firstProblem: undefined,
          runs: [],
          ...parts,
        },
        source: { path: 'model.yaml', line: 9, column: 3 },
      },
    },
    defaultParams(codeReproducibility.params),
  )
  return judgement.findings ?? []
}

describe('findings about runs of the predict command', () => {
  it('have their sentence when a run fails', () => {
    const rules = {
      numericPredictions: true,
      scoresAreShares: false,
      needsScore: false,
      missing: [],
    }
    const asked = { ids: ['1', '2'], rules }
    const answers: readonly (readonly [columns: string[], rows: string[][]])[] = [
      [['__row'], []],
      [['__row', 'prediction'], [['9', '1']]],
      [
        ['__row', 'prediction'],
        [
          ['1', '1'],
          ['1', '1'],
        ],
      ],
      [['__row', 'prediction'], [['1', 'NaN']]],
      [['__row', 'prediction'], [['1', '1']]],
    ]
    const refused = answers.map(([columns, rows]): PredictProblem => {
      const answer = acceptAnswer({ columns, rows }, asked)
      assert.ok('code' in answer)
      return answer
    })
    // As endProblem and readAnswer of src/runner/predict.ts make them.
    const ended: readonly PredictProblem[] = [
      { code: 'PREDICT_COMMAND_INCOMPLETE', args: { missing: ['{output}'] } },
      { code: 'PREDICT_EXITED', args: { exitCode: 3, stderr: 'first\n  last' } },
      { code: 'PREDICT_SIGNALLED', args: { signal: 'SIGKILL', stderr: '' } },
      { code: 'PREDICT_TIMED_OUT', args: { seconds: 0.5, stderr: '' } },
      { code: 'PREDICT_FLOODED', args: { bytes: 1e9 } },
      { code: 'PREDICT_NOT_STARTED', args: { reason: 'no program "predict"' } },
      { code: 'PREDICT_OUTPUT_MISSING', args: {} },
      { code: 'PREDICT_OUTPUT_TOO_LARGE', args: { bytes: 268_435_457, limit: 268_435_456 } },
      { code: 'PREDICT_OUTPUT_UNREADABLE', args: { line: 1204, problem: 'it is empty' } },
    ]
    const problems = [...ended, ...refused]
    assertWords(
      [
        ...problems.flatMap((firstProblem) => runFindings({ firstProblem })),
        ...problems.flatMap((problem) =>
          runFindings({ runs: [{ variation: 'repeated', outcome: { kind: 'failed', problem } }] }),
        ),
      ],
      problems.map(({ code }) => code),
    )
  })

  it('have their sentence when answers differ', () => {
    const answer = (cells: string, columns = ['prediction']) => ({
      columns,
      rows: new Map([['1', [cells]]]),
    })
    const compared = (
      task: string,
      second: ReturnType<typeof answer>,
      first: ReturnType<typeof answer> = answer('1'),
    ) =>
      runFindings({
        task,
        runs: [
          {
            variation: 'shuffled-rows',
            outcome: { kind: 'compared', agreement: comparePredictions(first, second) },
          },
        ],
      })
    assertWords(
      [
        ...compared('regression', answer('1.5')),
        ...compared('binary-classification', answer('2')),
        ...compared('regression', answer('1', ['score'])),
        ...runFindings({ rows: 0 }),
        ...runFindings({ rows: 9 }),
        ...runFindings({ changedInputs: ['requirements.txt'] }),
        ...compared('regression', answer('2', ['stamp']), answer('1', ['stamp'])),
      ],
      [
        'REPRODUCIBILITY_TOO_FEW_ROWS',
        'INPUT_CHANGED_DURING_RUN',
        'PREDICTION_OTHER_COLUMN_CHANGES',
        'PREDICTION_SCORES_CHANGE',
        'PREDICTION_LABELS_CHANGE',
        'PREDICTION_COLUMNS_CHANGE',
        'DATA_WITHOUT_ROWS',
      ],
    )
  })
})

function trainingFindings(outcome: RetrainingOutcome, task = 'regression'): readonly Finding[] {
  const judgement = codeReproducibility.judge(
    {
      'reproducibility.runs': { key: 'reproducibility.runs', state: 'absent', looked: [] },
      'reproducibility.retraining': {
        key: 'reproducibility.retraining',
        state: 'present',
        value: { model: 'model.joblib', task, outcome, changedInputs: [] },
        source: { path: 'model.yaml', line: 9, column: 3 },
      },
    },
    defaultParams(codeReproducibility.params),
  )
  return (judgement.findings ?? []).filter(({ code }) => code !== 'EVIDENCE_ABSENT')
}

describe('findings about a model that was trained again', () => {
  it('have their sentence', () => {
    // As endProblem and compareOutput of src/facts/retraining.ts make them.
    const ended: readonly PredictProblem[] = [
      { code: 'TRAINING_EXITED', args: { exitCode: 3, stderr: 'first\n  last' } },
      { code: 'TRAINING_SIGNALLED', args: { signal: 'SIGKILL', stderr: '' } },
      { code: 'TRAINING_TIMED_OUT', args: { seconds: 600, stderr: '' } },
      { code: 'TRAINING_FLOODED', args: { bytes: 1e9 } },
      { code: 'TRAINING_NOT_STARTED', args: { reason: 'no program "train"' } },
      { code: 'TRAINING_OUTPUT_MISSING', args: {} },
      { code: 'TRAINING_OUTPUT_UNREADABLE', args: { reason: 'it is empty' } },
    ]
    const whole = { compared: 9, differences: [], notCompared: [] }
    const numbers = { absolute: 0.5, relative: 0.5 }
    const mean = { place: 'mean_', released: '1', retrained: '1.5', gaps: [numbers] }
    const answer = (cells: string, columns = ['prediction']) => ({
      columns,
      rows: new Map([['1', [cells]]]),
    })
    const asked = (second: ReturnType<typeof answer>, task?: string) =>
      trainingFindings(
        {
          kind: 'compared',
          parameters: whole,
          predictions: {
            kind: 'compared',
            data: 'test.csv',
            agreement: comparePredictions(answer('1'), second),
          },
        },
        task,
      )
    assertWords(
      [
        ...ended.flatMap((problem) => trainingFindings({ kind: 'failed', problem })),
        ...trainingFindings({ kind: 'other-format', released: 'joblib', retrained: 'onnx' }),
        ...trainingFindings({
          kind: 'compared',
          parameters: { ...whole, differences: [mean] },
          predictions: { kind: 'not-asked' },
        }),
        ...trainingFindings({
          kind: 'compared',
          parameters: { ...whole, notCompared: ['the weights'] },
          predictions: { kind: 'not-asked' },
        }),
        ...(['released', 'retrained'] as const).flatMap((model) =>
          trainingFindings({
            kind: 'compared',
            parameters: whole,
            predictions: {
              kind: 'failed',
              model,
              problem: { code: 'PREDICT_OUTPUT_MISSING', args: {} },
            },
          }),
        ),
        ...asked(answer('2'), 'binary-classification'),
        ...asked(answer('1.5')),
        ...asked(answer('1', ['score'])),
      ],
      [
        ...ended.map(({ code }) => code),
        'RETRAINED_FORMAT_DIFFERS',
        'RETRAINED_PARAMETERS_DIFFER',
        'RETRAINED_MODEL_NOT_COMPARED',
        'RETRAINED_MODEL_NOT_ASKED',
        'RETRAINED_LABELS_DIFFER',
        'RETRAINED_SCORES_DIFFER',
        'RETRAINED_COLUMNS_DIFFER',
      ],
    )
  })
})

describe('findings of the checks', () => {
  for (const id of [
    'data.distribution-recorded',
    'data.input-schema',
    'data.missing-values',
    'model.performance-documented',
    'model.size',
  ]) {
    it(`have their sentence in every project of ${id}`, async () => {
      const findings = []
      for (const leaf of leavesOf(id)) {
        const [judgement] = await judgeProject(id, leaf)
        findings.push(...(judgement.findings ?? []))
      }
      assert.ok(findings.length > 3)
      assertWords(findings, [])
    })
  }
})
