import type { Evidence, JsonValue } from '../core/evidence.ts'
import type { GradedFinding } from '../core/finding.ts'
import type { ParamValues } from '../core/params.ts'
import type { ErrorAnalysis } from '../facts/error-analysis.ts'
import type { SegmentRows } from '../facts/segment-rows.ts'
import { weakSegments, type WeakSegment } from '../stats/weak-segments.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { documentFindings } from './error-document.ts'
import { missingSplit } from './missing-split.ts'
import { bindingEvidence, bindingFindings, bindingOf } from './predictions-binding.ts'
import { isNamed } from './segment-mentions.ts'
import { missingFactFinding, undecided } from './undecided.ts'

const params = {
  split: { type: 'string', default: 'test', description: 'The split whose errors are analysed.' },
  alpha: {
    type: 'number',
    default: 0.05,
    min: 0.000001,
    max: 0.5,
    description:
      'The probability that a document is asked for any segment where errors are spread at random.',
  },
  min_ratio: {
    type: 'number',
    default: 1.25,
    min: 1,
    description: 'A weak segment has at least so many times the error rate of all rows.',
  },
  min_support: {
    type: 'number',
    default: 30,
    min: 1,
    description:
      'A segment of fewer rows is not looked at; requirements_on_metrics.min_support goes before it.',
  },
  max_segments: {
    type: 'number',
    default: 5,
    min: 1,
    description: 'The document must name at most so many segments, the worst ones.',
  },
} as const

type Settings = ParamValues<typeof params>

export const modelErrorAnalysis = defineCheck({
  id: 'model.error-analysis',
  title: 'Errors analysed and the weakest segments known',
  section: 'model',
  motivation:
    'A model is released with an average, and used on one segment at a time. Who has not looked where it fails finds out from the people it fails.',
  decides:
    'The weak segments are searched here: every level of every feature, and of every two, on the rows of the split (numbers in fifths by their quantiles, categories by value, missing values apart; features from the data of the split where its rows are tied to the predictions, and the columns of slices). ' +
    'An error is a wrong class or, for a numeric target, an absolute error among the largest fifth. A segment is weak when its error rate is at least min_ratio times that of all rows and higher than elsewhere by an exact one-sided test at alpha, adjusted for the number of segments tested; a segment of two features must also be worse than the rest of each of its two. ' +
    'With errors that do not depend on any feature, a segment is demanded with probability alpha at most. ' +
    'The document reports.error_analysis (Markdown, or the Markdown cells of a notebook) must name each of the max_segments worst, feature and value in one paragraph, list entry or row of a table. ' +
    'Pass: it names all of them and the model with its version, and its date is not before model.created. ' +
    'Warn: it misses some, names another model or version, has no date or an older one. ' +
    'Fail: no document, an empty one, one that names none of the weak segments, predictions that are not of the rows of the data or not of the model. ' +
    'Inconclusive: no predictions of the split, rows of which no feature is known, a document that cannot be read. ' +
    'The segments are recomputed; that the document speaks of them is a match of words, so the level is consistent.',
  remediation:
    'Look at rows of each segment that is named here, write down why the model fails on them and what follows, and date the document.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Model 6',
    'Chung et al. 2019, "Slice Finder: Automated Data Slicing for Model Validation", ICDE',
    'Dunn 1961, "Multiple comparisons among means", JASA 56',
  ],
  params,
  needs: [
    'reports.error-analysis',
    'predictions.segments',
    'predictions.bindings',
    'metrics.recomputed',
  ],
  judge(facts, settings) {
    const report = facts['reports.error-analysis']
    const fact = facts['predictions.segments']
    const bindings = facts['predictions.bindings']
    if (report.state === 'absent') {
      const { args, location } = missingFactFinding(report)
      const none: GradedFinding = {
        severity: 'fail',
        code: 'ERROR_ANALYSIS_MISSING',
        args: { block: args['block'] ?? null },
        ...(location === undefined ? {} : { location }),
      }
      return conclude('claimed', [none], [])
    }
    if (report.state !== 'present') return undecided(report)
    if (fact.state !== 'present') return undecided(fact)
    if (bindings.state !== 'present') return undecided(bindings)
    const rows = fact.value.find(({ split }) => split === settings.split)
    const binding = bindingOf(settings.split, bindings.value, facts['metrics.recomputed'])
    if (rows === undefined || binding === undefined) {
      return conclude('documented', [missingSplit(settings.split, fact.source)], [])
    }
    const { findings, evidence } = judgeSegments(rows, report.value, settings)
    return conclude(
      'consistent',
      [...bindingFindings(binding), ...findings, ...documentFindings(report.value, report.source)],
      [...evidence, ...bindingEvidence(binding)],
    )
  },
})

interface Judged {
  readonly findings: readonly GradedFinding[]
  readonly evidence: readonly Evidence[]
}

function judgeSegments(rows: SegmentRows, report: ErrorAnalysis, settings: Settings): Judged {
  const { split, source, errors, columns, groups } = rows
  const only = (finding: GradedFinding): Judged => ({ findings: [finding], evidence: [] })
  if ('code' in errors) {
    const { code, args } = errors
    return only({ severity: 'inconclusive', code, args, location: source })
  }
  if (columns.length === 0) {
    const code = 'ERROR_SEGMENTS_UNKNOWN'
    return only({ severity: 'inconclusive', code, args: { split }, location: source })
  }
  const found = weakSegments(
    errors,
    columns.map(({ levels, codes }) => ({ levels: levels.length, codes })),
    {
      // A requirement of 0 rows asks for no support, and a segment has at least one row.
      minSupport: Math.max(1, rows.minSupport ?? settings.min_support),
      alpha: settings.alpha,
      minRatio: settings.min_ratio,
      ...(groups === undefined ? {} : { groups: groups.numbers }),
    },
  )
  const demanded = found.segments.slice(0, settings.max_segments).map((segment) => {
    const parts = segment.parts.flatMap(({ feature, level }) => {
      const column = columns[feature]
      const named = column?.levels[level]
      return column === undefined || named === undefined
        ? []
        : [{ feature: column.name, level: named }]
    })
    return { segment, parts, isNamed: isNamed({ parts }, report.passages) }
  })
  const overall = errors.reduce((sum, each) => sum + each, 0) / errors.length
  const evidence: Evidence = {
    level: 'recomputed',
    claim: `The weakest segments of ${split}, as its predictions show them.`,
    observed: {
      tested: found.tested,
      weak: found.segments.length,
      errorRate: overall,
      largeError: rows.largeError ?? null,
      features: columns.map(({ name }) => name),
      data: rows.data?.path ?? null,
      segments: demanded.map(({ segment, parts, isNamed: named }) => ({
        ...segmentAsJson(segment, parts),
        named,
      })),
    },
    source,
  }
  return {
    findings: mentionFindings(demanded, overall, report),
    evidence: [evidence, mentionEvidence(demanded.filter((each) => each.isNamed).length, report)],
  }
}

interface Demanded {
  readonly segment: WeakSegment
  readonly parts: Parts
  readonly isNamed: boolean
}

type Parts = readonly { readonly feature: string; readonly level: { readonly name: string } }[]

function mentionFindings(
  demanded: readonly Demanded[],
  overall: number,
  { path }: ErrorAnalysis,
): readonly GradedFinding[] {
  const isSilent = demanded.length > 0 && demanded.every((each) => !each.isNamed)
  const severity = isSilent ? 'fail' : 'warn'
  return demanded.flatMap(({ segment, parts, isNamed: named }): GradedFinding[] => {
    if (named) return []
    const { rows, rate, interval } = segment
    const args = { segment: textOf(parts), rows, rate, overall, low: interval.low }
    return [{ severity, code: 'SEGMENT_NOT_NAMED', args: { ...args, path }, location: { path } }]
  })
}

function textOf(parts: Parts): string {
  return parts.map(({ feature, level }) => `${feature} ${level.name}`).join(' and ')
}

function segmentAsJson(segment: WeakSegment, parts: Parts): Readonly<Record<string, JsonValue>> {
  const { rows, errors, rate, interval, pValue } = segment
  return {
    segment: textOf(parts),
    rows,
    errors,
    rate,
    low: interval.low,
    high: interval.high,
    adjustedPValue: pValue,
  }
}

function mentionEvidence(named: number, { path, passages, date }: ErrorAnalysis): Evidence {
  return {
    level: 'consistent',
    claim: 'The error analysis names the weak segments.',
    observed: { named, passages: passages.length, date: date ?? null },
    source: { path },
  }
}
