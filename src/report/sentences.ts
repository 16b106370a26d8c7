import { formatLocation } from '../core/errors.ts'
import { isAtLeast, type Evidence, type JsonValue } from '../core/evidence.ts'
import type {
  AlternativeVerdict,
  AttestationRecord,
  Calibration,
  CategoryCount,
  ColumnResult,
  ColumnSummary,
  InputRecord,
  ItemResult,
  KeyResult,
  MaybeNumber,
  ReportedFinding,
  WaiverRecord,
} from '../core/result.ts'
import { reaches } from '../core/threshold.ts'
import { clip } from './layout.ts'
import {
  bytesText,
  comparedText,
  countOf,
  countText,
  numberText,
  pValueText,
  shareText,
} from './number-text.ts'
import { OUTCOME_WORDS } from './vocabulary.ts'

/** The parts of a result as sentences that all formats for people share. */

const VALUE_LIMIT = 160
/** An observation stands beside its expectation, and the two must not look equal by rounding. */
const EVIDENCE_DIGITS = 8

/** `checked (level): claim Observed …, expected … (place)`; it need not have come out true. */
export function evidenceText({ level, claim, observed, expected, source }: Evidence): string {
  const wanted = expected === undefined ? '' : `, expected ${valueText(expected)}`
  const place = source === undefined ? '' : ` (${formatLocation(source)})`
  return `checked (${level}): ${claim} Observed ${valueText(observed)}${wanted}${place}`
}

function valueText(value: JsonValue): string {
  return clip(plainText(value), VALUE_LIMIT, '…')
}

/** Words instead of JSON: `bytes 52,428,800, files 1`. */
function plainText(value: JsonValue): string {
  if (value === null) return 'none'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value, EVIDENCE_DIGITS)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isList(value)) return value.length === 0 ? 'none' : `[${value.map(plainText).join(', ')}]`
  const entries = Object.entries(value)
  if (entries.length === 0) return 'none'
  return entries
    .map(([name, inner]) =>
      isRecord(inner) ? `${name} {${plainText(inner)}}` : `${name} ${plainText(inner)}`,
    )
    .join(', ')
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function isRecord(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !isList(value)
}

/** The sentence of a finding with its place in front. */
export function findingText(finding: ReportedFinding): string {
  return `${finding.severity === 'notice' ? 'notice: ' : ''}${placedText(finding)}`
}

/** The same where the reader knows how grave it is. */
export function placedText({ location, message }: ReportedFinding): string {
  return location === undefined ? message : `${formatLocation(location)}: ${message}`
}

const GRAVITY: readonly ReportedFinding['severity'][] = ['fail', 'inconclusive', 'warn', 'notice']

/** The gravest first, otherwise in their order; the findings of a check come sorted and ungraded. */
export function gravestFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const rank = ({ severity = 'fail' }: ReportedFinding) => GRAVITY.indexOf(severity)
  return findings.toSorted((a, b) => rank(a) - rank(b))
}

/** Who vouches for an item or accepts its failure, and until when; since when the failure is known. */
export function vouchTexts({ waiver, attestation, known }: ItemResult): readonly string[] {
  return [
    ...(known === undefined
      ? []
      : [`known since ${known.since}, accepted by the baseline of this run`]),
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

/** The items that the baseline of the run accepts, each with the day it has been known since. */
export function knownNames(items: readonly ItemResult[]): readonly string[] {
  return items.flatMap(({ id, known }) =>
    known === undefined ? [] : [`${id} (since ${known.since})`],
  )
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

/** Test, observed effect and limit of one key, in the order in which they decide. */
export function keyText(key: KeyResult): string {
  return [
    `${key.key}: ${key.test}${key.method === 'none' ? '' : ` (${key.method})`}`,
    ...limitText(key),
    ...(key.pValue === null ? [] : [pValueText(key.pValue)]),
    ...(key.adjustedPValue === null ? [] : [`adjusted ${pValueText(key.adjustedPValue)}`]),
    ...(typeof key.detectable === 'number' ? [`sees from ${numberText(key.detectable)}`] : []),
    ...(key.certain ? ['certain'] : []),
  ].join(' · ')
}

function limitText({ effect, statistic, warn, fail, outcome }: KeyResult): string[] {
  const observed = effect ?? statistic
  if (observed === null) return []
  const what = effect === null ? 'statistic' : 'effect'
  const limit = outcome === 'fail' ? fail : (warn ?? fail)
  if (limit === null) return [`${what} ${numberText(observed)}`]
  const [shown, threshold] = comparedText(observed, limit)
  return [`${what} ${shown} ${reaches(observed, limit) ? '≥' : '<'} ${threshold}`]
}

/** Whether a key is evidence against its column. */
export function speaksAgainst({ outcome, effect, statistic }: KeyResult): boolean {
  const isGrave = outcome === 'warn' || outcome === 'fail' || outcome === 'inconclusive'
  return isGrave && (effect ?? statistic) !== null
}

const SIDES: readonly (readonly [name: string, of: (side: ColumnSummary) => string])[] = [
  ['rows', ({ rows }) => countText(rows)],
  ['missing', ({ rows, missing }) => (rows === 0 ? 'none' : shareText(missing / rows))],
  ['distinct', ({ distinct }) => maybeText(distinct)],
  ['min', ({ min }) => boundText(min)],
  ['mean', ({ mean }) => maybeText(mean)],
  ['max', ({ max }) => boundText(max)],
]
const CATEGORY_LIMIT = 5

/** What the reference and the current side hold, where they differ, and values of one side alone. */
export function sideTexts({
  reference,
  current,
  novel,
  vanished,
}: ColumnResult): readonly string[] {
  const texts: string[] = []
  if (reference !== null && current !== null) {
    const pairs = SIDES.flatMap(([name, of]) => {
      const [before, now] = [of(reference), of(current)]
      return before === now ? [] : [`${name} ${before} → ${now}`]
    })
    if (pairs.length > 0) texts.push(pairs.join(' · '))
  }
  if (novel.length > 0) texts.push(`new values: ${categoryList(novel)}`)
  if (vanished.length > 0) texts.push(`vanished values: ${categoryList(vanished)}`)
  return texts
}

function maybeText(value: MaybeNumber): string {
  return value === null ? 'none' : numberText(value)
}

function boundText(value: JsonValue): string {
  return typeof value === 'number' ? numberText(value) : plainText(value)
}

function categoryList(counts: readonly CategoryCount[]): string {
  const shown = counts
    .slice(0, CATEGORY_LIMIT)
    .map(({ value, count }) => `${valueName(value)} (${countText(count)})`)
  const rest = counts.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${countText(rest)} more` : ''}`
}

function valueName(value: string): string {
  return value.trim() === '' ? JSON.stringify(value) : clip(value, VALUE_LIMIT, '…')
}

export function inputSize({ rows, bytes }: InputRecord): string {
  return rows === undefined ? bytesText(bytes) : countOf(rows, 'row')
}

/** How often the rule raises a false alarm on splits of the reference. */
export function calibrationText(calibration: Calibration): string {
  const { splits, alarms, upperBound, scheme, usable } = calibration
  const bound = `, at most ${shareText(upperBound)} with 95% confidence`
  const unusable = usable ? '' : '; the rule is not usable on this data'
  return `self-calibration: ${countOf(alarms, 'false alarm')} in ${countOf(splits, 'split')} (${scheme})${bound}${unusable}`
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
