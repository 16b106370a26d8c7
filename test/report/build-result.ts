import type { Outcome } from '../../src/core/outcome.ts'
import type {
  ColumnResult,
  ColumnSummary,
  ItemResult,
  KeyResult,
  ReportedFinding,
  Result,
  Summary,
} from '../../src/core/result.ts'

/** A result with everything that the report may assume; tests replace what they are about. */
export function buildResult(parts: Partial<Result> = {}): Result {
  const items = parts.items ?? []
  const columns = parts.columns ?? []
  return {
    schemaVersion: '1.0',
    tool: { name: 'mlcheck', version: '0.1.0' },
    command: items.length > 0 ? 'audit' : 'drift',
    inputs: [],
    parameters: {},
    seed: 1,
    items,
    columns,
    findings: [],
    calibration: null,
    alternatives: [],
    summary: summaryOf([...items, ...columns].map(({ outcome }) => outcome)),
    verdict: { outcome: 'pass', exitCode: 0, reason: 'Everything required passed.' },
    run: {
      startedAt: '2026-11-24T00:00:00.000Z',
      durationMs: 1234,
      node: 'v20.19.0',
      platform: 'linux-x64',
      isolation: [],
    },
    ...parts,
  }
}

export function buildItem(parts: Partial<ItemResult> = {}): ItemResult {
  return {
    id: 'data.scaling-saved',
    title: 'Feature scaling parameters saved',
    section: 'data',
    phase: 'before',
    severity: 'high',
    required: true,
    outcome: 'pass',
    level: 'recomputed',
    minEvidence: 'consistent',
    findings: [],
    evidence: [],
    remediation: 'Fit the scaler on the training snapshot and save it beside the model.',
    waiver: null,
    attestation: null,
    fingerprint: '0f'.repeat(32),
    ...parts,
  }
}

export function buildColumn(parts: Partial<ColumnResult> = {}): ColumnResult {
  return {
    name: 'income',
    type: 'number',
    typeEvidence: 'all 1000 values are numbers',
    role: 'feature',
    reference: buildSide(),
    current: buildSide({ mean: 0.75 }),
    keys: [buildKey()],
    distances: { kolmogorovSmirnov: 0.01, wasserstein1: 0.25 },
    outOfRange: null,
    novel: [],
    vanished: [],
    histogram: {
      edges: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      reference: [10, 40, 120, 300, 280, 160, 70, 20],
      current: [0, 5, 30, 90, 200, 310, 240, 125],
    },
    outcome: 'pass',
    findings: [],
    ...parts,
  }
}

export function buildSide(parts: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    rows: 1000,
    valid: 990,
    missing: 10,
    nan: 0,
    infinite: 0,
    distinct: 800,
    min: 0,
    max: 8,
    mean: 0.5,
    std: 0.1,
    quantiles: { '0.25': 0.4, '0.5': 0.5, '0.75': 0.6 },
    ...parts,
  }
}

export function buildKey(parts: Partial<KeyResult> = {}): KeyResult {
  return {
    key: 'shape',
    test: 'kolmogorov-smirnov',
    method: 'exact',
    statistic: 0.01,
    effect: 0.01,
    warn: 0.05,
    fail: 0.1,
    pValue: 0.8,
    adjustedPValue: 1,
    outcome: 'pass',
    certain: false,
    detectable: 0.08,
    n: { reference: 990, current: 990 },
    ...parts,
  }
}

export function buildFinding(parts: Partial<ReportedFinding> = {}): ReportedFinding {
  return { code: 'EXAMPLE', args: {}, message: 'Something is wrong.', ...parts }
}

export function summaryOf(outcomes: readonly Outcome[]): Summary {
  const count = (outcome: Outcome) => outcomes.filter((other) => other === outcome).length
  return {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    notApplicable: count('not-applicable'),
    needsReview: count('needs-review'),
    waived: count('waived'),
  }
}
