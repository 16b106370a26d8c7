import type { Evidence } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { FactMap } from '../facts/fact-map.ts'
import type { StoredPredictionRuns } from '../facts/stored-predictions.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { missingFactFinding } from './undecided.ts'

type Inspection = FactMap['model.inspection']
type Requirements = FactMap['dependencies.requirements']

export const codeSerialization = defineCheck({
  id: 'code.serialization',
  title: 'Saved model loads again and predicts the same',
  section: 'code',
  motivation:
    'A model that loads only in the process that trained it, or predicts something else after loading, fails in production and nowhere before.',
  decides:
    'The predict command runs twice, each time in a fresh process that loads the saved model, on rows whose predictions are stored; the model file is read as data and what it refers to is held against lists. ' +
    'Pass: both runs give every stored prediction and score, to the digits that are stored, and nothing in the file speaks against it. ' +
    'Warn: the file was written by another version of a library than the requirements pin. ' +
    'Fail: an answer differs from the stored one, the command gives no usable answer, or the file refers to what is denied, needs a class of the training script, is cut off or is damaged. ' +
    'Inconclusive: there is no predict command, it may not run, there are no stored predictions, it is not known which rows of the data they are about, the file is of a known format and cannot be read whole, or the run changes files that the audit reads. ' +
    'A file of no known format is judged by the runs alone, with a notice. Equal bytes after saving again are no criterion: archives hold times.',
  remediation:
    'Load the model in a process of its own, store the predictions of the loaded model, and serve with the versions that saved it.',
  references: [
    'https://scikit-learn.org/stable/model_persistence.html',
    'https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled',
  ],
  params: {},
  needs: ['model.stored-predictions', 'model.inspection', 'dependencies.requirements'],
  judge(facts) {
    const { 'model.stored-predictions': runs, 'model.inspection': inspection } = facts
    const findings = [
      ...runFindings(runs),
      ...inspectionFindings(inspection),
      ...versionFindings(inspection, facts['dependencies.requirements']),
    ]
    const read = inspectionEvidence(inspection)
    const evidence = [...runEvidence(runs), ...read]
    const unrun = read.length === 0 ? 'documented' : 'recomputed'
    return conclude(runs.state === 'present' ? 'executed' : unrun, findings, evidence)
  },
})

function runFindings(fact: Fact<StoredPredictionRuns>): readonly GradedFinding[] {
  if (fact.state !== 'present') return [{ severity: 'inconclusive', ...missingFactFinding(fact) }]
  const { value, source: location } = fact
  if (value.changedInputs.length > 0) {
    const args = { files: value.changedInputs }
    return [{ severity: 'inconclusive', code: 'INPUT_CHANGED_DURING_RUN', args, location }]
  }
  const findings = value.runs.map((run): GradedFinding | undefined => {
    switch (run.kind) {
      case 'not-run': {
        const args = { split: value.split, reason: REASONS[run.reason] }
        return { severity: 'inconclusive', code: 'STORED_PREDICTIONS_NOT_COMPARED', args, location }
      }
      case 'failed': {
        const args = { split: value.split, problem: run.problem }
        return { severity: 'fail', code: 'LOADED_MODEL_DOES_NOT_PREDICT', args, location }
      }
      case 'compared': {
        const { first, rows, differing } = run
        if (run.unanswered.length > 0) {
          const args = { columns: run.unanswered }
          return { severity: 'inconclusive', code: 'STORED_COLUMNS_NOT_ANSWERED', args, location }
        }
        if (first === undefined) return undefined
        const args = { rows, differing, ...first }
        return { severity: 'fail', code: 'LOADED_MODEL_PREDICTS_OTHERWISE', args, location }
      }
    }
  })
  return unique(findings.filter((each) => each !== undefined))
}

/** Both runs mostly say the same. */
function unique(findings: readonly GradedFinding[]): readonly GradedFinding[] {
  const byText = new Map(findings.map((each) => [JSON.stringify(each), each] as const))
  return [...byText.values()]
}

const REASONS = {
  'no-command': 'there is no predict command',
  'not-allowed': 'it may not run',
  'rows-unknown': 'it is not known which rows of the data they are about',
  'nothing-to-compare': 'no stored column is one that the command answers',
  'not-claimed': 'the split has no claim',
} as const

function runEvidence(fact: Fact<StoredPredictionRuns>): readonly Evidence[] {
  if (fact.state !== 'present') return []
  const compared = fact.value.runs.flatMap((run) =>
    run.kind === 'compared'
      ? [{ rows: run.rows, columns: run.columns, differing: run.differing }]
      : [],
  )
  if (compared.length === 0) return []
  return [
    {
      level: 'executed',
      claim: 'A model loaded in a fresh process gives the stored predictions.',
      observed: { file: fact.value.file, runs: compared },
      source: fact.source,
    },
  ]
}

/**
 * Reasons that leave the verdict of a file open, because nothing harmful is seen, and are enough to know
 * that it does not load: it is cut off or damaged, or needs the script that trained it.
 */
const DOES_NOT_LOAD: ReadonlySet<string> = new Set([
  'GLOBAL_OF_MAIN',
  'PICKLE_CUT_OFF',
  'COMPRESSION_BROKEN',
  'ZIP_UNREADABLE',
  'ZIP_ENTRY_DAMAGED',
  'ZIP_ENTRY_MISSING',
  'ARRAY_BROKEN',
  'ARTIFACT_FILE_MISSING',
  'ARTIFACT_FILE_SHORT',
  'LIGHTGBM_CARRIAGE_RETURNS',
  'LIGHTGBM_TREE_SIZES',
])

/** What the file says; a format that nobody knows refers to nothing that could be judged. */
function inspectionFindings(fact: Fact<Inspection>): readonly GradedFinding[] {
  if (fact.state !== 'present') {
    return [{ severity: 'inconclusive', ...missingFactFinding(fact) }]
  }
  if (fact.value.kind === 'unknown') {
    return [{ severity: 'notice', code: 'MODEL_FILE_NOT_UNDERSTOOD', args: {} }]
  }
  const { reasons, verdict, kind } = fact.value
  const location = fact.source
  if (verdict === 'inconclusive' && !reasons.some(({ severity }) => severity === 'inconclusive')) {
    const args = { kind }
    return [...reasons, { severity: 'inconclusive', code: 'MODEL_FILE_NOT_WHOLE', args, location }]
  }
  return reasons.map((reason) =>
    DOES_NOT_LOAD.has(reason.code) ? { ...reason, severity: 'fail' } : reason,
  )
}

function inspectionEvidence(fact: Fact<Inspection>): readonly Evidence[] {
  if (fact.state !== 'present' || fact.value.kind === 'unknown') return []
  const { kind, verdict, globals, producers } = fact.value
  return [
    {
      level: 'recomputed',
      claim: 'The model file is whole and refers to nothing but what is allowed.',
      observed: {
        kind,
        verdict,
        globals: globals.length,
        producers: producers.map(({ library, version }) => `${library} ${version ?? 'unknown'}`),
      },
      source: fact.source,
    },
  ]
}

/** Import names under which a library is known in model files. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = { sklearn: 'scikit-learn' }

function versionFindings(
  inspection: Fact<Inspection>,
  requirements: Fact<Requirements>,
): readonly GradedFinding[] {
  if (inspection.state !== 'present' || requirements.state !== 'present') return []
  return inspection.value.producers.flatMap(({ library, version }) => {
    const name = normalized(DISTRIBUTIONS[library] ?? library)
    const entry = requirements.value.entries.find((each) => normalized(each.name) === name)
    const [, locked] = /^===?\s*([^\s,*]+)$/.exec(entry?.specifier.trim() ?? '') ?? []
    if (entry === undefined || version === null || locked === undefined) return []
    if (locked === version || locked.split('+')[0] === version.split('+')[0]) return []
    const location = { path: entry.file, line: entry.line }
    const args = { library: entry.name, saved: version, locked }
    return [{ severity: 'warn', code: 'MODEL_SAVED_BY_OTHER_VERSION', args, location }]
  })
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
