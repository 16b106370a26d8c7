import type { ColumnSummary, Result } from '../../src/core/result.ts'

const summary: ColumnSummary = {
  rows: 1000,
  valid: 990,
  missing: 10,
  nan: 0,
  infinite: 0,
  distinct: 800,
  min: 0,
  max: 1,
  mean: 0.5,
  std: null,
  stdReason: 'fewer than two values',
  quantiles: { '0.25': 0.4, '0.5': 0.5, '0.75': 0.6 },
}

const finding = {
  code: 'SCALER_MEAN_DIFFERS',
  args: { feature: 'income', saved: 1, nested: { list: [1, 'two', null] } },
  message: 'The saved mean of income differs.',
  severity: 'fail',
  location: { path: 'model.yaml', line: 12, column: 3 },
} as const

/** A result in which every field of every object occurs. */
export const exampleResult: Result = {
  schemaVersion: '1.0',
  tool: { name: 'mlcheck', version: '0.1.0' },
  command: 'audit',
  inputs: [
    { role: 'reference', path: 'ref.csv', format: 'csv', sha256: 'ab', bytes: 1, rows: 1000 },
  ],
  parameters: { alpha: 0.01, columns: ['a'] },
  seed: 1,
  items: [
    {
      id: 'data.scaling-saved',
      title: 'Feature scaling parameters saved',
      section: 'data',
      phase: 'before',
      severity: 'high',
      required: true,
      outcome: 'waived',
      level: 'recomputed',
      minEvidence: 'consistent',
      refs: ['nist:MEASURE-2.3'],
      findings: [finding],
      evidence: [
        {
          level: 'recomputed',
          claim: 'The mean is the one of the training data.',
          observed: 1,
          expected: 2,
          source: { path: 'models/scaler.joblib', sha256: 'cd', line: 1, column: 1 },
        },
      ],
      remediation: 'Fit the scaler again.',
      waiver: { reason: 'r', owner: 'o', expires: '2026-12-10', outcome: 'fail' },
      attestation: { statement: 's', owner: 'o', date: '2026-11-10', expires: '2027-11-10' },
      fingerprint: '0123456789abcdef',
    },
  ],
  columns: [
    {
      name: 'income',
      type: 'number',
      typeEvidence: 'all values are numbers',
      role: 'feature',
      reference: summary,
      current: summary,
      keys: [
        {
          key: 'shape',
          test: 'kolmogorov-smirnov',
          method: 'exact',
          statistic: 0.1,
          effect: 0.1,
          warn: 0.05,
          fail: 0.1,
          pValue: null,
          pValueReason: 'not computed',
          adjustedPValue: 2e-8,
          outcome: 'notice',
          certain: true,
          detectable: 0.01,
          n: { reference: 1000, current: 1000 },
          warnings: ['ties'],
        },
      ],
      distances: { wasserstein1: 3.2, hellinger: null, hellingerReason: 'no bins' },
      outOfRange: { belowMin: 0, aboveMax: 1 },
      novel: [{ value: 'a', count: 1 }],
      vanished: [],
      histogram: { edges: [0, 1], reference: [1], current: [1] },
      outcome: 'fail',
      findings: [finding],
    },
  ],
  findings: [finding],
  calibration: { splits: 200, alarms: 0, upperBound: 0.018, scheme: 'halves', usable: true },
  alternatives: [
    {
      rule: 'textbook',
      outcome: 'fail',
      columns: [{ name: 'income', outcome: 'fail', reason: 'p < 0.01' }],
    },
  ],
  score: {
    profile: 'ml-test-score',
    total: null,
    totalReason: 'a part',
    sections: [
      {
        id: 'data',
        points: 1,
        of: 7,
        tests: [
          { id: 'data-1', points: 1, by: 'check', item: 'data.input-schema', outcome: 'pass' },
        ],
      },
    ],
  },
  summary: {
    pass: 0,
    warn: 0,
    fail: 0,
    inconclusive: 0,
    notApplicable: 0,
    needsReview: 0,
    waived: 1,
  },
  verdict: { outcome: 'fail', exitCode: 1, reason: 'r' },
  run: {
    startedAt: '2026-11-24T00:00:00.000Z',
    durationMs: 12,
    node: 'v20',
    platform: 'linux-x64',
    isolation: ['time-limit'],
  },
}
