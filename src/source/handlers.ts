import type { PythonHandler } from './module.ts'
import { dottedName, lastPart } from './names.ts'
import { childIn, type Syntax } from './syntax.ts'

const BROAD = new Set(['Exception', 'BaseException'])

/** What one `except` clause does with what it caught. */
export function handlerOf(clause: Syntax): PythonHandler {
  const block = clause.children.find(({ type }) => type === 'block')
  const value = childIn(clause, 'value')
  const types = value === undefined ? [] : caughtTypes(value)
  return {
    line: clause.line,
    types,
    isBroad: value === undefined || types.some((name) => BROAD.has(lastPart(name))),
    ...effectOf(block),
  }
}

/** `with suppress(KeyError):` is a `try` whose handler does nothing; `undefined` for any other context. */
export function suppressorOf(item: Syntax): PythonHandler | undefined {
  const call = childIn(item, 'value')
  if (call?.type !== 'call' || lastPart(dottedName(childIn(call, 'function'))) !== 'suppress') {
    return undefined
  }
  const types = (childIn(call, 'arguments')?.children ?? []).map(dottedName)
  return {
    line: item.line,
    types,
    isBroad: types.some((name) => BROAD.has(lastPart(name))),
    isSilent: true,
    raises: false,
    logs: false,
    counts: false,
  }
}

function caughtTypes(value: Syntax): readonly string[] {
  const [caught = value] = value.type === 'as_pattern' ? value.children : [value]
  return caught.type === 'tuple' ? caught.children.map(dottedName) : [dottedName(caught)]
}

type Effect = Pick<PythonHandler, 'isSilent' | 'raises' | 'logs' | 'counts'>

function effectOf(block: Syntax | undefined): Effect {
  const statements = block?.children ?? []
  const all = statements.flatMap(ownNodes)
  const called = all.flatMap((node) =>
    node.type === 'call' ? [dottedName(childIn(node, 'function'))] : [],
  )
  return {
    isSilent: statements.every(doesNothing),
    raises: all.some(({ type }) => type === 'raise_statement') || called.some(endsProgram),
    logs: called.some(isLogging),
    counts: called.some(isCounting),
  }
}

/** A node and those below it, without the bodies of functions that are only defined there. */
function ownNodes(node: Syntax): readonly Syntax[] {
  if (node.type === 'function_definition' || node.type === 'lambda') return []
  return [node, ...node.children.flatMap(ownNodes)]
}

function doesNothing(statement: Syntax): boolean {
  switch (statement.type) {
    case 'pass_statement':
    case 'continue_statement':
    case 'break_statement':
      return true
    case 'expression_statement':
      return statement.children.every(({ type }) => type === 'ellipsis' || type === 'string')
    case 'return_statement':
      return returnsNothing(statement)
    default:
      return false
  }
}

function returnsNothing({ children }: Syntax): boolean {
  return children.length === 0 || children[0]?.type === 'none'
}

function endsProgram(callee: string): boolean {
  return ['sys.exit', 'os._exit', 'exit', 'abort', 'flask.abort', 'context.abort'].includes(callee)
}

const LOG_METHODS = /^(debug|info|warning|warn|error|exception|critical|fatal|log|msg|bind)$/
const LOGGERS = /(^|\.)_?(log|logger|logging|LOG|LOGGER|structlog|loguru|syslog)\b(\(\))?(\.|$)/

/** A call that leaves a trace for people: a logger, print, traceback, an error tracker. */
function isLogging(callee: string): boolean {
  const last = lastPart(callee)
  if (LOG_METHODS.test(last) && LOGGERS.test(callee)) return true
  return /^(print|print_exc|format_exc|capture_exception|capture_message|record_exception|log_error|log_exception)$/.test(
    last,
  )
}

const COUNTERS = /^(inc|incr|increment|count_exceptions)$/
const METRIC = /counter|metric|error|fail|total|statsd|stats/i

/** A call that moves a metric: `ERRORS.labels(...).inc()`, `statsd.incr(...)`, `errors_counter.add(1)`. */
function isCounting(callee: string): boolean {
  const last = lastPart(callee)
  if (COUNTERS.test(last)) return true
  return /^(add|observe|record|set)$/.test(last) && METRIC.test(callee.slice(0, -last.length))
}
