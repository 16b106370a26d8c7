import type { Evidence } from '../core/evidence.ts'
import type { FindingArgs, FindingCode, GradedFinding, Severity } from '../core/finding.ts'
import { reaches } from '../core/threshold.ts'
import type { FeatureColumn, FeatureValues } from '../facts/feature-values.ts'
import type { SchemaSource } from '../facts/schema-sources.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { acceptsType } from './feature-types.ts'
import { schemaAgreement } from './schema-agreement.ts'
import { undecided } from './undecided.ts'

export const dataInputSchema = defineCheck({
  id: 'data.input-schema',
  title: 'Input schema defined with types and ranges',
  section: 'data',
  motivation:
    'A model answers whatever it is given. Only a schema tells a request that it was not made for from one that it was.',
  decides:
    'Pass: every feature is declared with a type and a range or vocabulary, every data file has it with that type, and every row obeys. ' +
    'Warn: a number without min and max, a category without values, a range that leaves out values the model was trained on, other bounds, values or treatment of gaps in data.schemas than in features, or a column of the data that is neither a declared feature nor has another role, where the model does not tell its inputs. ' +
    'Inputs of a model are not compared when preprocessing outside of it is declared. ' +
    'Fail: a data file lacks a feature or holds another type, more than max_violation_share of the rows lie outside a range or vocabulary, ' +
    'cannot be read as the type, are infinite or have a fraction where integers are declared or taken by the model, a model that matches by position has the features in another order, or the inputs in the header of the model (MLflow signature, ONNX, LightGBM, XGBoost, feature_names_in_ and n_features_in_ of scikit-learn) or the columns of data.schemas are not the declared features. ' +
    'Inconclusive: no features or no data files are declared, a file has no rows, or a column is empty in every row.',
  remediation:
    'Declare type, min and max or values of every feature in the features block, from knowledge of the domain rather than from the extremes of a sample, and clean or reject the rows that break them.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Data 1',
    'Breck et al. 2019, "Data Validation for Machine Learning", MLSys',
  ],
  params: {
    max_violation_share: {
      type: 'number',
      default: 0,
      min: 0,
      max: 1,
      description: 'The share of rows of a file that may break the schema of one feature.',
    },
  },
  needs: ['data.feature-values', 'data.schema-sources'],
  judge(facts, params) {
    const values = facts['data.feature-values']
    const sources = facts['data.schema-sources']
    if (values.state !== 'present' || sources.state !== 'present') {
      return undecided(values, sources)
    }
    return conclude(
      'recomputed',
      [
        ...values.value.flatMap((file) => fileFindings(file, params.max_violation_share)),
        ...missingRanges(values.value),
        ...sources.value.flatMap((source) => fractionsForIntegers(source, values.value)),
        ...schemaAgreement(sources.value, (source, feature) =>
          hasValues(values.value, source.source.path, feature),
        ),
      ],
      [
        ...values.value.filter(({ rows }) => rows > 0).map(evidenceOf),
        ...sources.value.flatMap(modelEvidence),
      ],
    )
  },
})

function fileFindings(file: FeatureValues, maxShare: number): readonly GradedFinding[] {
  const location = { path: file.source.path }
  const at = (severity: Severity, code: FindingCode, args: FindingArgs): GradedFinding => ({
    severity,
    code,
    args: { ...args, file: file.source.path },
    location,
  })
  if (file.rows === 0) return [at('inconclusive', 'DATA_WITHOUT_ROWS', {})]
  const unreadable = file.findings.map(({ code, args }) =>
    at(VIOLATIONS.includes(code) ? 'fail' : 'warn', code, args),
  )
  return [
    ...unreadable,
    ...file.features.flatMap((column) => columnFindings(column, file, maxShare, at)),
  ]
}

/** What a reader notices that breaks a declared type; the rest of it only looks odd. */
const VIOLATIONS: readonly FindingCode[] = ['VALUES_UNPARSABLE', 'TYPE_CHANGED']

type MakeFinding = (severity: Severity, code: FindingCode, args: FindingArgs) => GradedFinding

function columnFindings(
  column: FeatureColumn,
  file: FeatureValues,
  maxShare: number,
  at: MakeFinding,
): readonly GradedFinding[] {
  const { name: feature, declared, type } = column
  if (type === undefined) return [at('fail', 'SCHEMA_FEATURE_MISSING', { feature })]
  if (column.missing === file.rows && type !== 'unsupported') {
    return [at('inconclusive', 'SCHEMA_COLUMN_EMPTY', { feature })]
  }
  if (!acceptsType(column)) {
    const args = { feature, declared: declared.type, found: type, physical: column.physical }
    return [at('fail', 'SCHEMA_TYPE_DIFFERS', args)]
  }
  const broken = (code: FindingCode, rows: number, args: FindingArgs) =>
    rows === 0 || reaches(maxShare, rows / file.rows)
      ? []
      : [at('fail', code, { feature, rows, share: rows / file.rows, ...args })]
  const { min, max } = declared
  return [
    ...broken('SCHEMA_BELOW_MIN', column.belowMin, {
      min: min ?? null,
      lowest: column.min ?? null,
    }),
    ...broken('SCHEMA_ABOVE_MAX', column.aboveMax, {
      max: max ?? null,
      highest: column.max ?? null,
    }),
    ...broken('SCHEMA_INFINITE', column.infinite, {}),
    ...broken('SCHEMA_UNKNOWN_VALUES', column.outsideVocabulary, { values: column.unknownValues }),
    ...(declared.type === 'integer' ? broken('SCHEMA_NOT_INTEGER', column.fractional, {}) : []),
  ]
}

function missingRanges(files: readonly FeatureValues[]): readonly GradedFinding[] {
  const features = files[0]?.features ?? []
  const isNumeric = ({ declared }: FeatureColumn) =>
    declared.type === 'number' || declared.type === 'integer'
  const open = features.filter(
    (column) =>
      isNumeric(column) && (column.declared.min === undefined || column.declared.max === undefined),
  )
  const free = features.filter(
    ({ declared }) => declared.type === 'category' && declared.values === undefined,
  )
  const warn = (code: FindingCode, columns: readonly FeatureColumn[]): readonly GradedFinding[] =>
    columns.length === 0
      ? []
      : [{ severity: 'warn', code, args: { features: columns.map(({ name }) => name) } }]
  return [...warn('SCHEMA_WITHOUT_RANGE', open), ...warn('SCHEMA_WITHOUT_VALUES', free)]
}

/** A model that takes whole numbers cuts off or refuses what stands behind the point. */
function fractionsForIntegers(
  { columns, isTransformed, origin }: SchemaSource,
  files: readonly FeatureValues[],
): readonly GradedFinding[] {
  if (origin !== 'model' || isTransformed === true) return []
  const whole = new Set(columns.filter(({ type }) => type === 'integer').map(({ name }) => name))
  return files.flatMap(({ features, rows: total, source }) =>
    features
      .filter(({ declared, fractional, name }) => {
        return whole.has(name) && declared.type === 'number' && fractional > 0
      })
      .map(({ fractional, name }): GradedFinding => ({
        severity: 'fail',
        code: 'SCHEMA_NOT_INTEGER',
        args: { feature: name, rows: fractional, share: fractional / total, file: source.path },
        location: { path: source.path },
      })),
  )
}

function hasValues(files: readonly FeatureValues[], path: string, feature: string): boolean {
  const file = files.find(({ source }) => source.path === path)
  const column = file?.features.find(({ name }) => name === feature)
  return file === undefined || column === undefined || column.missing < file.rows
}

function evidenceOf(file: FeatureValues): Evidence {
  return {
    level: 'recomputed',
    claim: 'Every row obeys the declared types, ranges and vocabularies.',
    observed: { roles: file.roles, rows: file.rows, features: file.features.length },
    source: file.source,
  }
}

function modelEvidence({ columns, isTransformed, origin, source, unnamedCount }: SchemaSource) {
  if (origin !== 'model') return []
  const evidence: Evidence = {
    level: 'consistent',
    claim:
      isTransformed === true
        ? 'The model takes inputs that declared steps make from the features; they were not compared.'
        : 'The inputs in the header of the model are the declared features.',
    observed: { inputs: unnamedCount ?? columns.length, named: unnamedCount === undefined },
    source,
  }
  return [evidence]
}
