import { formatLocation } from '../core/errors.ts'
import { isAtLeast, type Evidence, type JsonValue } from '../core/evidence.ts'
import type {
  AlternativeVerdict,
  AttestationRecord,
  Calibration,
  InputRecord,
  ItemResult,
  ReportedFinding,
  WaiverRecord,
} from '../core/result.ts'
import { clip } from './layout.ts'
import { bytesText, countOf, countText, numberText, shareText } from './number-text.ts'
import { OUTCOME_WORDS } from './vocabulary.ts'

/** The parts of a result as sentences that all formats for people share. */

const VALUE_LIMIT = 160

/** `claim Observed …, expected … (place)` */
export function evidenceText({ claim, observed, expected, source }: Evidence): string {
  const wanted = expected === undefined ? '' : `, expected ${valueText(expected)}`
  const place = source === undefined ? '' : ` (${formatLocation(source)})`
  return `${claim} Observed ${valueText(observed)}${wanted}${place}`
}

function valueText(value: JsonValue): string {
  if (typeof value === 'string') return clip(value, VALUE_LIMIT, '…')
  if (typeof value === 'number') return numberText(value)
  return clip(JSON.stringify(value), VALUE_LIMIT, '…')
}

/** The sentence of a finding with its place in front. */
export function findingText({ location, message, severity }: ReportedFinding): string {
  const place = location === undefined ? '' : `${formatLocation(location)}: `
  return `${severity === 'notice' ? 'notice: ' : ''}${place}${message}`
}

/** Who vouches for an item or accepts its failure, and until when. */
export function vouchTexts({ waiver, attestation }: ItemResult): readonly string[] {
  return [
    ...(waiver === null ? [] : [waiverText(waiver)]),
    ...(attestation === null ? [] : [attestationText(attestation)]),
  ]
}

function waiverText({ reason, owner, expires, outcome }: WaiverRecord): string {
  return `${OUTCOME_WORDS[outcome]}, waived by ${owner} until ${expires}: ${reason}`
}

function attestationText({ statement, owner, date, expires }: AttestationRecord): string {
  return `attested by ${owner} on ${date}, until ${expires}: ${statement}`
}

/** That the evidence is weaker than the item demands, or nothing. */
export function weakEvidenceTexts({ level, minEvidence }: ItemResult): readonly string[] {
  if (minEvidence === null || (level !== null && isAtLeast(level, minEvidence))) return []
  return [`evidence reached: ${level ?? 'none'}; the item demands ${minEvidence}`]
}

/** The title of an item and that it may fail without blocking. */
export function itemTitle({ title, required }: ItemResult): string {
  return required ? title : `${title} (optional)`
}

/** A header may be empty or blank; a line without a name would read as a fault of the report. */
export function columnTitle(name: string): string {
  return name.trim() === '' ? `(column named ${JSON.stringify(name)})` : name
}

export function inputSize({ rows, bytes }: InputRecord): string {
  return rows === undefined ? bytesText(bytes) : countOf(rows, 'row')
}

/** How often the rule raises a false alarm on splits of the reference. */
export function calibrationText(calibration: Calibration): string {
  const { splits, alarms, upperBound, scheme, usable } = calibration
  const bound = upperBound === null ? '' : `, at most ${shareText(upperBound)} with 95% confidence`
  const unusable = usable ? '' : '; the rule is not usable on this data'
  return `self-calibration: ${countOf(alarms, 'false alarm')} in ${countOf(splits, 'split')} of the reference (${scheme})${bound}${unusable}`
}

const NAMES_LIMIT = 5

/** What another rule would have said, with the first columns that it raises. */
export function alternativeText({ rule, outcome, columns }: AlternativeVerdict): string {
  const raised = columns.filter((column) => column.outcome === 'warn' || column.outcome === 'fail')
  const names = nameList(
    raised.map(({ name }) => name),
    NAMES_LIMIT,
  )
  return `rule ${rule} would say ${OUTCOME_WORDS[outcome]}: ${countText(raised.length)} of ${countOf(columns.length, 'column')} raised${raised.length === 0 ? '' : ` (${names})`}`
}

/** The first names, and how many more there are. */
export function nameList(names: readonly string[], limit: number): string {
  const rest = names.length - Math.min(limit, names.length)
  return `${names.slice(0, limit).map(columnTitle).join(', ')}${rest > 0 ? ` and ${countText(rest)} more` : ''}`
}
