import type { Evidence } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { DeclaredStep, PreprocessingSteps } from '../facts/preprocessing.ts'
import type { TrainingStatistics } from '../facts/training-statistics.ts'

/** The entries of the manifest that are about a vocabulary file. */
export function declaredVocabularies({ declared }: PreprocessingSteps): readonly DeclaredStep[] {
  return declared.filter(({ kind }) => kind === 'vocabulary')
}

/** Ids that two texts share, ids that none has, and values of the training data that have none. */
export function vocabularyFindings(
  { file: { path, state, reason }, vocabulary, columns, location }: DeclaredStep,
  training: TrainingStatistics,
): readonly GradedFinding[] {
  const kind = 'vocabulary'
  if (state === 'missing') {
    return [{ severity: 'fail', code: 'STEP_FILE_MISSING', args: { kind, file: path }, location }]
  }
  if (vocabulary === null) {
    const args = { kind, file: path, reason: reason ?? 'it is no JSON file of texts with numbers' }
    return [{ severity: 'inconclusive', code: 'STEP_FILE_UNREADABLE', args, location }]
  }
  const findings: GradedFinding[] = []
  const at = { path }
  const owners = new Map<number, string>()
  const shared: string[] = []
  for (const [text, id] of vocabulary.entries) {
    if (owners.has(id)) shared.push(text)
    else owners.set(id, text)
  }
  const texts = new Set(vocabulary.entries.map(([text]) => text))
  if (shared.length > 0 || texts.size < vocabulary.entries.length) {
    const args = { file: path, values: shared }
    findings.push({ severity: 'fail', code: 'VOCABULARY_ID_TWICE', args, location: at })
  }
  const ids = [...owners.keys()].sort((a, b) => a - b)
  const [lowest = 0, highest = 0] = [ids[0], ids.at(-1)]
  const holes = highest - lowest + 1 - ids.length
  if (holes > 0 || lowest < 0) {
    const args = { file: path, holes, lowest, highest }
    findings.push({ severity: 'warn', code: 'VOCABULARY_HOLES', args, location: at })
  }
  for (const feature of columns ?? []) {
    const column = training.columns.get(feature)
    if (column?.kind !== 'coded') {
      const args = { file: path, feature }
      findings.push({
        severity: 'inconclusive',
        code: 'VOCABULARY_NOT_COMPARED',
        args,
        location: at,
      })
      continue
    }
    const values = [...column.categories.keys()].filter((value) => !texts.has(value))
    if (values.length === 0) continue
    const args = { file: path, feature, values }
    findings.push({ severity: 'fail', code: 'VOCABULARY_VALUE_MISSING', args, location: at })
  }
  return findings
}

export function vocabularyEvidence({
  file,
  vocabulary,
  columns,
}: DeclaredStep): readonly Evidence[] {
  if (vocabulary === null) return []
  return [
    {
      level: 'recomputed',
      claim: 'Every text of the vocabulary has a number of its own.',
      observed: { size: vocabulary.entries.length, columns: columns ?? [] },
      source: { path: file.path },
    },
  ]
}
