import type { GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { FittedStep, ObjectValue, PreprocessingSteps } from '../facts/preprocessing.ts'
import type { TrainingStatistics } from '../facts/training-statistics.ts'
import type { FoundStep } from './declared-steps.ts'
import {
  categoryText,
  isAscending,
  NO_VALUE,
  sameCase,
  trainingCategories,
  unknownPolicy,
} from './encoder-categories.ts'

interface EncodedColumn {
  readonly found: FoundStep
  readonly feature: string
  readonly saved: readonly ObjectValue[]
  readonly training: TrainingStatistics
  readonly features: PreprocessingSteps['features']
  readonly maxUnknownShare: number
}

/** How the categories that an encoder keeps for one column differ from those of the data and the manifest. */
export function columnFindings(column: EncodedColumn): readonly GradedFinding[] {
  const { found, feature, saved, training } = column
  const { file, name: step } = found
  const location = { path: file.path }
  const at = { step, file: file.path, feature }
  const data = training.columns.get(feature)
  if (data === undefined) {
    const args = { ...at, reason: 'data.train has no such column' }
    return [{ severity: 'inconclusive', code: 'ENCODER_NOT_COMPARED', args, location }]
  }
  const seen = trainingCategories(data, found.step, file.steps)
  if (seen === undefined) {
    const args = {
      ...at,
      reason: 'a step before it, or the type of the column, hides its categories',
    }
    return [{ severity: 'inconclusive', code: 'ENCODER_NOT_COMPARED', args, location }]
  }
  const isBoolean = data.field.type === 'boolean'
  const known = saved.map((value) => sameCase(categoryText(value), isBoolean))
  const unknown = unknownValues(column, known, seen)
  // Of the categories of another column nothing more is worth saying.
  if (unknown.some(({ code }) => code === 'ENCODER_ORDER_DIFFERS')) return unknown
  return [
    ...repeated(known, at, location),
    ...unsorted(column),
    ...unknown,
    ...typeFindings(column, data.kind === 'numeric'),
    ...declaredFindings(column, new Set(known), isBoolean),
  ]
}

type Place = Readonly<Record<'step' | 'file' | 'feature', string>>

function repeated(
  known: readonly string[],
  at: Place,
  location: { readonly path: string },
): readonly GradedFinding[] {
  const values = [...new Set(known.filter((value, index) => known.indexOf(value) !== index))]
  if (values.length === 0) return []
  return [{ severity: 'fail', code: 'ENCODER_CATEGORY_TWICE', args: { ...at, values }, location }]
}

/** Fitting sorts categories that were not given: in another order each stands for another one. */
function unsorted({ found, feature, saved }: EncodedColumn): readonly GradedFinding[] {
  const { file, name: step } = found
  const { class: path, className, object } = found.step
  const isSorted = className === 'LabelEncoder' || object.parameters['categories'] === 'auto'
  if (!path.startsWith('sklearn.') || !isSorted || isAscending(saved)) return []
  const args = { step, file: file.path, feature, values: saved.map(categoryText) }
  const location = { path: file.path }
  return [{ severity: 'fail', code: 'ENCODER_NOT_SORTED', args, location }]
}

function unknownValues(
  { found, feature, training, maxUnknownShare }: EncodedColumn,
  known: readonly string[],
  seen: ReadonlyMap<string, number>,
): readonly GradedFinding[] {
  const { file, name: step } = found
  const location = { path: file.path }
  const at = { step, file: file.path, feature }
  const set = new Set(known)
  const unknown = [...seen].filter(([value]) => !set.has(value))
  const values = unknown.map(([value]) => value)
  if (values.length === 0) return []
  const other = sameAs(known, feature, training, found.step, file.steps)
  if (other !== undefined) {
    const args = { ...at, other }
    return [{ severity: 'fail', code: 'ENCODER_ORDER_DIFFERS', args, location }]
  }
  const rows = unknown.reduce((sum, [, count]) => sum + count, 0)
  const policy = unknownPolicy(found.step)
  const share = rows / training.rows
  const isRare = policy !== 'error' && reaches(maxUnknownShare, share)
  const args = { ...at, values, rows, share, policy }
  const severity: Severity = isRare ? 'warn' : 'fail'
  return [{ severity, code: 'ENCODER_CATEGORY_MISSING', args, location }]
}

/** Another column of the training data whose categories these are. */
function sameAs(
  known: readonly string[],
  feature: string,
  { columns }: TrainingStatistics,
  step: FittedStep,
  steps: readonly FittedStep[],
): string | undefined {
  const set = new Set(known)
  return (step.features ?? []).find((name) => {
    const column = columns.get(name)
    if (name === feature || column === undefined) return false
    const seen = trainingCategories(column, step, steps)
    return seen !== undefined && seen.size > 0 && [...seen.keys()].every((value) => set.has(value))
  })
}

/** A text never equals a number in Python, though both are written alike. */
function typeFindings(
  { found, feature, saved, training }: EncodedColumn,
  isNumeric: boolean,
): readonly GradedFinding[] {
  const physical = training.columns.get(feature)?.field.physical ?? ''
  const texts = saved.filter((value) => typeof value === 'string').length
  const numbers = saved.filter((value) => typeof value === 'number' || typeof value === 'bigint')
  const differs = isNumeric ? texts > 0 : numbers.some((value) => !Number.isNaN(value))
  if (!differs) return []
  const { file, name: step } = found
  // A CSV file has texts alone: what its reader made of them in training is not known.
  const severity: Severity = physical.startsWith('csv') ? 'notice' : 'warn'
  const [kind, holds] = isNumeric ? ['texts', 'numbers'] : ['numbers', 'texts']
  const args = { step, file: file.path, feature, kind, holds, physical }
  return [{ severity, code: 'ENCODER_TYPE_DIFFERS', args, location: { path: file.path } }]
}

function declaredFindings(
  { found, feature, features }: EncodedColumn,
  known: ReadonlySet<string>,
  isBoolean: boolean,
): readonly GradedFinding[] {
  const declared = features[feature]
  if (declared === undefined) return []
  const { file, name: step } = found
  const location = { path: file.path }
  const at = { step, file: file.path, feature }
  const policy = unknownPolicy(found.step)
  const { unseen, values } = declared
  const findings: GradedFinding[] = []
  if (unseen === undefined) {
    findings.push({
      severity: 'warn',
      code: 'ENCODER_UNSEEN_UNDECLARED',
      args: { ...at, policy },
      location,
    })
  } else if (!AGREES[unseen].includes(policy)) {
    const severity: Severity = policy === 'error' ? 'fail' : 'warn'
    findings.push({
      severity,
      code: 'ENCODER_UNSEEN_DIFFERS',
      args: { ...at, policy, unseen },
      location,
    })
  }
  if (values === undefined) return findings
  const texts = values.map((value) => sameCase(value, isBoolean))
  const unknown = texts.filter((value) => !known.has(value))
  if (unknown.length > 0) {
    // Serving lets these values through: what the encoder then does decides.
    const severity: Severity =
      policy === 'error' ? 'fail' : unseen === 'ignore' || unseen === 'other' ? 'notice' : 'warn'
    const args = { ...at, values: unknown, policy }
    findings.push({ severity, code: 'ENCODER_DECLARED_UNKNOWN', args, location })
  }
  const extra = [...known].filter((value) => value !== NO_VALUE && !texts.includes(value))
  if (extra.length > 0) {
    findings.push({
      severity: 'warn',
      code: 'ENCODER_VALUE_UNDECLARED',
      args: { ...at, values: extra },
      location,
    })
  }
  return findings
}

/** What an encoder may do to keep the promise of the manifest; a service may refuse before the encoder. */
const AGREES: Readonly<Record<'reject' | 'ignore' | 'other', readonly string[]>> = {
  reject: ['error', 'ignore', 'other'],
  ignore: ['ignore', 'other'],
  other: ['other'],
}
