import type { GradedFinding } from '../core/finding.ts'
import type { Judgement } from '../core/judgement.ts'
import type {
  DeclaredStep,
  FittedStep,
  PreprocessingSteps,
  StepFile,
} from '../facts/preprocessing.ts'
import { isOfTarget, kindOf, type StepKind } from './fitted-kinds.ts'

/** A fitted step of one kind, the file that holds it and the columns that it sees. */
export interface FoundStep {
  readonly file: StepFile
  readonly step: FittedStep
  /** `undefined` when neither the file nor the manifest tells them. */
  readonly columns: readonly string[] | undefined
  /** How findings name it: its place in the file, or its class. */
  readonly name: string
}

export interface StepsOfKind {
  readonly steps: readonly FoundStep[]
  readonly findings: readonly GradedFinding[]
  readonly isDeclared: boolean
}

/**
 * The steps of one kind in the model and in the files of the manifest, and how what the manifest says
 * of them differs from what is there.
 */
export function stepsOfKind(
  kind: StepKind,
  { declared, model, target }: PreprocessingSteps,
): StepsOfKind {
  const entries = declared.filter((entry) => entry.kind === kind || entry.kind === 'pipeline')
  const own = entries.filter((entry) => entry.kind === kind)
  const files = [...new Set([model, ...entries.map(({ file }) => file)])]
  const steps = files.flatMap((file) =>
    file.steps
      .filter((step) => kindOf(step) === kind)
      .map((step) => found(step, file, own, target)),
  )
  return {
    steps,
    findings: [
      ...own.flatMap((entry) => entryFindings(entry, kind, steps)),
      ...undeclared(kind, entries, model, steps),
      ...files.flatMap((file) => undeclaredColumns(kind, file, own, steps)),
      ...steps.flatMap((step) => inputFindings(step, kind)),
    ],
    isDeclared: own.length > 0,
  }
}

function found(
  step: FittedStep,
  file: StepFile,
  entries: readonly DeclaredStep[],
  target: string | null,
): FoundStep {
  const name = step.path === '' ? step.className : step.path
  const [entry] = entries.filter((each) => each.file === file)
  // One entry about the file is about this step, when the number of columns is the same.
  const count = step.className === 'LabelEncoder' ? 1 : step.object.featureCount
  const named = entry?.columns ?? undefined
  const given = count === named?.length ? named : undefined
  const ofTarget = isOfTarget(step) && target !== null ? [target] : undefined
  return { file, step, columns: ofTarget ?? step.features ?? given, name }
}

function entryFindings(
  { file, columns, location }: DeclaredStep,
  kind: StepKind,
  steps: readonly FoundStep[],
): readonly GradedFinding[] {
  const { path, state, reason } = file
  if (state === 'missing') {
    return [{ severity: 'fail', code: 'STEP_FILE_MISSING', args: { kind, file: path }, location }]
  }
  if (state !== 'read') {
    const args = { kind, file: path, reason }
    return [{ severity: 'inconclusive', code: 'STEP_FILE_UNREADABLE', args, location }]
  }
  const inFile = steps.filter((step) => step.file === file)
  if (inFile.length === 0) {
    return [{ severity: 'fail', code: 'STEP_ABSENT', args: { kind, file: path }, location }]
  }
  if (columns === null || inFile.some((step) => step.columns === undefined)) return []
  const seen = new Set(inFile.flatMap((step) => step.columns ?? []))
  const lost = columns.filter((column) => !seen.has(column))
  if (lost.length > 0) {
    const args = { kind, file: path, columns: lost }
    return [{ severity: 'fail', code: 'STEP_COLUMNS_MISSING', args, location }]
  }
  return inFile.flatMap((step) => orderFindings(step, kind, columns, location))
}

function orderFindings(
  { step, columns = [], name, file }: FoundStep,
  kind: StepKind,
  declared: readonly string[],
  location: DeclaredStep['location'],
): readonly GradedFinding[] {
  if (isOfTarget(step)) return []
  const common = columns.filter((column) => declared.includes(column))
  const wanted = declared.filter((column) => common.includes(column))
  const at = common.findIndex((column, index) => column !== wanted[index])
  if (at === -1) return []
  const [saved = '', expected = ''] = [common[at], wanted[at]]
  const args = { kind, step: name, file: file.path, position: at + 1, saved, declared: expected }
  return [{ severity: 'fail', code: 'STEP_ORDER_DIFFERS', args, location }]
}

/** Steps of the model that no entry of the manifest is about. */
function undeclared(
  kind: StepKind,
  entries: readonly DeclaredStep[],
  model: StepFile,
  steps: readonly FoundStep[],
): readonly GradedFinding[] {
  const inModel = steps.filter(({ file, step }) => file === model && !isOfTarget(step))
  if (inModel.length === 0 || entries.some(({ file }) => file === model)) return []
  const args = { kind, steps: inModel.map(({ name }) => name), file: model.path }
  const location = { path: model.path }
  return [{ severity: 'warn', code: 'STEP_UNDECLARED', args, location }]
}

/** Columns that the steps of a file see and none of its entries names, where every entry names some. */
function undeclaredColumns(
  kind: StepKind,
  file: StepFile,
  own: readonly DeclaredStep[],
  steps: readonly FoundStep[],
): readonly GradedFinding[] {
  const entries = own.filter((entry) => entry.file === file)
  if (entries.length === 0 || entries.some(({ columns }) => columns === null)) return []
  const named = new Set(entries.flatMap(({ columns }) => columns ?? []))
  const seen = new Set(
    steps
      .filter((found) => found.file === file && !isOfTarget(found.step))
      .flatMap(({ columns }) => columns ?? []),
  )
  const columns = [...seen].filter((column) => !named.has(column))
  if (columns.length === 0) return []
  const args = { kind, file: file.path, columns }
  const location = entries[0]?.location ?? { path: file.path }
  return [{ severity: 'warn', code: 'STEP_COLUMNS_UNDECLARED', args, location }]
}

/** A column transformer that gives a step, or what the step is in, other columns than it was fitted with. */
function inputFindings({ step, name, file }: FoundStep, kind: StepKind): readonly GradedFinding[] {
  const around = file.steps.filter(
    ({ path }) => path === step.path || step.path.startsWith(`${path}.`) || path === '',
  )
  return around.flatMap(({ object, features }) =>
    object.steps.flatMap((branch): readonly GradedFinding[] => {
      const inner = branch.object
      if (typeof inner === 'string' || !around.some((each) => each.object === inner)) return []
      const fitted = inner.features
      const given = branch.columns?.map((column) =>
        typeof column === 'string' ? column : features?.at(column),
      )
      if (given === undefined || fitted === null || given.includes(undefined)) return []
      if (given.length === fitted.length && given.every((each, at) => each === fitted[at]))
        return []
      const args = { kind, step: name, file: file.path, given: given as string[], fitted }
      return [{ severity: 'fail', code: 'STEP_INPUT_DIFFERS', args, location: { path: file.path } }]
    }),
  )
}

/** Whether a file may hold steps that cannot be seen. */
export function isHidden({ state }: StepFile): boolean {
  return state !== 'read' && state !== 'foreign'
}

/** Where the model cannot be read, that it has no such step is not known. */
export function undecidedFile({ path, reason }: StepFile): Judgement {
  const args = { kind: 'model', file: path, reason }
  const finding = { code: 'STEP_FILE_UNREADABLE', args, location: { path } } as const
  return { outcome: 'inconclusive', findings: [finding] }
}
