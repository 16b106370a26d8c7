import type {
  AlternativeVerdict,
  AttestationRecord,
  Calibration,
  ColumnResult,
  ColumnSummary,
  Histogram,
  InputRecord,
  ItemResult,
  KeyResult,
  ReportedFinding,
  Result,
  RunRecord,
  ScoreRecord,
  ScoreSection,
  ScoreTest,
  Summary,
  Verdict,
  WaiverRecord,
} from '../core/result.ts'
import type { Evidence, Source } from '../core/evidence.ts'
import type { Shape } from './ordered-json.ts'

/** The names of an object type's own keys, without the open-ended `<name>Reason`. */
type Named<T> = keyof {
  [K in keyof T as string extends K ? never : K extends `${string}Reason` ? never : K]: T[K]
} &
  string

/** Keys in order; the type checker refuses a name that the type does not have or lacks here. */
type Order<T> = Readonly<Record<Named<T>, true>>

function shapeOf<T>(order: Order<T>, children: Readonly<Record<string, Shape>> = {}): Shape {
  return { keys: Object.keys(order), children }
}

const location = shapeOf<Source>({ path: true, line: true, column: true, sha256: true })

const findings: Shape = {
  each: shapeOf<ReportedFinding>(
    { code: true, severity: true, args: true, message: true, location: true },
    { location },
  ),
}

const evidence: Shape = {
  each: shapeOf<Evidence>(
    { level: true, claim: true, observed: true, expected: true, source: true },
    { source: location },
  ),
}

const item = shapeOf<ItemResult>(
  {
    id: true,
    title: true,
    section: true,
    phase: true,
    severity: true,
    required: true,
    outcome: true,
    level: true,
    minEvidence: true,
    refs: true,
    parameters: true,
    findings: true,
    evidence: true,
    remediation: true,
    waiver: true,
    attestation: true,
    known: true,
    fingerprint: true,
  },
  {
    findings,
    evidence,
    waiver: shapeOf<WaiverRecord>({ reason: true, owner: true, expires: true, outcome: true }),
    attestation: shapeOf<AttestationRecord>({
      statement: true,
      owner: true,
      date: true,
      expires: true,
    }),
  },
)

const side = shapeOf<ColumnSummary>({
  rows: true,
  valid: true,
  missing: true,
  nan: true,
  infinite: true,
  distinct: true,
  min: true,
  max: true,
  mean: true,
  std: true,
  quantiles: true,
})

const key = shapeOf<KeyResult>(
  {
    key: true,
    test: true,
    method: true,
    statistic: true,
    effect: true,
    warn: true,
    fail: true,
    pValue: true,
    adjustedPValue: true,
    outcome: true,
    certain: true,
    detectable: true,
    n: true,
    warnings: true,
  },
  { n: { keys: ['reference', 'current'] } },
)

const beyond: Shape = { keys: ['below', 'above'] }
const counts: Shape = { each: { keys: ['value', 'count'] } }

const column = shapeOf<ColumnResult>(
  {
    name: true,
    type: true,
    typeEvidence: true,
    role: true,
    reference: true,
    current: true,
    keys: true,
    distances: true,
    outOfRange: true,
    novel: true,
    vanished: true,
    histogram: true,
    outcome: true,
    findings: true,
  },
  {
    reference: side,
    current: side,
    keys: { each: key },
    outOfRange: { keys: ['belowMin', 'aboveMax'] },
    novel: counts,
    vanished: counts,
    histogram: shapeOf<Histogram>(
      { edges: true, reference: true, current: true, outside: true },
      {
        outside: {
          keys: ['reference', 'current'],
          children: { reference: beyond, current: beyond },
        },
      },
    ),
    findings,
  },
)

/** The order of all keys of a result file. */
export const RESULT_SHAPE = shapeOf<Result>(
  {
    schemaVersion: true,
    tool: true,
    command: true,
    inputs: true,
    parameters: true,
    seed: true,
    items: true,
    columns: true,
    findings: true,
    calibration: true,
    alternatives: true,
    score: true,
    summary: true,
    verdict: true,
    run: true,
  },
  {
    tool: { keys: ['name', 'version'] },
    inputs: {
      each: shapeOf<InputRecord>({
        role: true,
        path: true,
        format: true,
        sha256: true,
        bytes: true,
        rows: true,
      }),
    },
    items: { each: item },
    columns: { each: column },
    findings,
    calibration: shapeOf<Calibration>({
      splits: true,
      alarms: true,
      upperBound: true,
      scheme: true,
      usable: true,
    }),
    alternatives: {
      each: shapeOf<AlternativeVerdict>(
        { rule: true, outcome: true, columns: true },
        { columns: { each: { keys: ['name', 'outcome', 'reason'] } } },
      ),
    },
    score: shapeOf<ScoreRecord>(
      { profile: true, total: true, sections: true },
      {
        sections: {
          each: shapeOf<ScoreSection>(
            { id: true, points: true, of: true, tests: true },
            {
              tests: {
                each: shapeOf<ScoreTest>({
                  id: true,
                  points: true,
                  by: true,
                  item: true,
                  outcome: true,
                }),
              },
            },
          ),
        },
      },
    ),
    summary: shapeOf<Summary>({
      pass: true,
      warn: true,
      fail: true,
      inconclusive: true,
      notApplicable: true,
      needsReview: true,
      waived: true,
    }),
    verdict: shapeOf<Verdict>({ outcome: true, exitCode: true, reason: true }),
    run: shapeOf<RunRecord>({
      startedAt: true,
      durationMs: true,
      node: true,
      platform: true,
      isolation: true,
      measurements: true,
    }),
  },
)
