import type { Evidence, EvidenceLevel } from '../core/evidence.ts'
import type { Fact } from '../core/fact.ts'
import type { GradedFinding, Severity } from '../core/finding.ts'
import type { ErrorShapes, HandlerSite } from '../facts/error-shapes.ts'
import type { ServeProbe } from '../facts/serve-probe.ts'
import { conclude } from './conclude.ts'
import { defineCheck } from './define-check.ts'
import { probeView } from './service-probe.ts'
import { missingFactFinding, undecided } from './undecided.ts'

export const codeErrorHandling = defineCheck({
  id: 'code.error-handling',
  title: 'Errors in serving are handled and recorded',
  section: 'code',
  motivation:
    'A service that crashes on a bad request takes all good ones with it; one that swallows errors gives wrong answers and tells nobody.',
  decides:
    'The service is started on the loopback and sent requests that it must refuse (executed); the syntax tree of Python serving code tells what its handlers do (recomputed). ' +
    'Pass: every bad request is refused or answered by a declared fallback, the service lives and answers afterwards, a counter of errors moved, and the code has none of the shapes below. ' +
    'Warn: the service was not probed; an except clause catches everything and does not raise again; a call of the model that nothing is seen to catch; an error of the model neither logged, counted nor raised; ' +
    'a network call that may wait for ever; no counter of errors. ' +
    'Fail: an answer of 500 or above, a hang, a closed connection, a prediction for a request that must be refused, a service that ends; an except clause that swallows every error, or any error of the model. ' +
    'Inconclusive: the service does not become ready, or refuses a valid request or answers it with a fallback, an error or nothing, or changes files that the audit reads; or it was not probed and the serving code is not named or not Python.',
  remediation:
    'Catch the errors you expect where the model is called, log and count each, answer with a 4xx or a fallback, and set a timeout on every call over the network.',
  references: [
    'Breck et al. 2017, "The ML Test Score", Infra 6',
    'https://docs.python.org/3/tutorial/errors.html#handling-exceptions',
    'https://requests.readthedocs.io/en/latest/user/advanced/#timeouts',
  ],
  params: {},
  needs: ['code.error-shapes', 'serve.error-probe'],
  judge(facts) {
    const { 'code.error-shapes': shapes, 'serve.error-probe': probe } = facts
    if (shapes.state !== 'present' && probe.state !== 'present') return undecided(probe, shapes)
    const isProbed = probe.state === 'present'
    const asked = isProbed ? probeView(probe.value, probe.source) : notProbed(probe)
    const code = codeView(shapes, isProbed)
    const level: EvidenceLevel = isProbed ? 'executed' : 'recomputed'
    return conclude(
      level,
      [...asked.findings, ...code.findings],
      [...asked.evidence, ...code.evidence],
    )
  },
})

interface View {
  readonly findings: readonly GradedFinding[]
  readonly evidence: readonly Evidence[]
}

function notProbed(probe: Exclude<Fact<ServeProbe>, { readonly state: 'present' }>): View {
  return {
    findings: [
      { severity: 'warn', code: 'SERVICE_NOT_PROBED', args: {} },
      { severity: 'notice', ...missingFactFinding(probe) },
    ],
    evidence: [],
  }
}

function codeView(fact: Fact<ErrorShapes>, isProbed: boolean): View {
  if (fact.state !== 'present') {
    return { findings: [{ severity: 'notice', ...missingFactFinding(fact) }], evidence: [] }
  }
  const shapes = fact.value
  const unread = unreadFindings(shapes, isProbed)
  if (shapes.files.length === 0) return { findings: unread, evidence: [] }
  const evidence: Evidence = {
    level: 'recomputed',
    claim: 'The serving code handles and records errors.',
    observed: {
      files: shapes.files,
      predictCalls: shapes.predictCalls.map(
        ({ path, line, callee, open }) =>
          `${path}:${String(line)} ${callee} ${open.length === 0 ? 'caught' : 'not caught'}`,
      ),
      handlers: shapes.handlers.length,
      frameworkHandlers: shapes.frameworkHandlers.length,
    },
    source: fact.source,
  }
  return {
    findings: [
      ...unread,
      ...shapes.handlers.flatMap(handlerFindings),
      ...predictFindings(shapes),
      ...shapes.withoutTimeout.map(({ path, line, callee }): GradedFinding => {
        const location = { path, line }
        return { severity: 'warn', code: 'CALL_WITHOUT_TIMEOUT', args: { callee }, location }
      }),
    ],
    evidence: [evidence],
  }
}

/** What was not read may hold anything; a probe of the running service saw it too. */
function unreadFindings({ unread }: ErrorShapes, isProbed: boolean): readonly GradedFinding[] {
  const severity: Severity = isProbed ? 'notice' : 'inconclusive'
  return unread.map(({ path, language, parse }): GradedFinding => {
    switch (parse.state) {
      case 'damaged': {
        const { line } = parse
        return { severity, code: 'SOURCE_DAMAGED', args: { path, line }, location: { path, line } }
      }
      case 'unread': {
        const { problem } = parse
        return { severity, code: 'SOURCE_UNREAD', args: { path, problem }, location: { path } }
      }
      case 'unsupported':
      case 'whole': {
        const args = { path, language }
        return { severity, code: 'SOURCE_LANGUAGE_UNREAD', args, location: { path } }
      }
    }
  })
}

function handlerFindings(handler: HandlerSite): readonly GradedFinding[] {
  const { path, line, types, isBroad, isSilent, raises, logs, counts, guardsPrediction } = handler
  const location = { path, line }
  const caught = types.length === 0 ? 'everything' : types.join(', ')
  if (isSilent && (isBroad || guardsPrediction)) {
    return [{ severity: 'fail', code: 'EXCEPT_SWALLOWS', args: { caught }, location }]
  }
  if (raises) return []
  const findings: GradedFinding[] = []
  if (isBroad) findings.push({ severity: 'warn', code: 'EXCEPT_BROAD', args: { caught }, location })
  if (guardsPrediction && !logs && !counts) {
    findings.push({ severity: 'warn', code: 'EXCEPT_UNRECORDED', args: { caught }, location })
  }
  return findings
}

function predictFindings({
  predictCalls,
  frameworkHandlers,
  files,
}: ErrorShapes): readonly GradedFinding[] {
  if (predictCalls.length === 0) {
    const location = { path: files[0] ?? '' }
    return [{ severity: 'warn', code: 'PREDICT_CALL_UNSEEN', args: { files }, location }]
  }
  // A handler of the framework takes the errors of every request.
  if (frameworkHandlers.length > 0) return []
  return predictCalls
    .filter(({ open }) => open.length > 0)
    .map(({ path, line, column, callee, open }): GradedFinding => {
      const location = { path, line, column }
      const places = [...new Set(open.map((each) => `${each.path}:${String(each.line)}`))].sort()
      return { severity: 'warn', code: 'PREDICT_UNGUARDED', args: { callee, places }, location }
    })
}
