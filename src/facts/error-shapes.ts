import type { PythonCall, PythonHandler, PythonModule } from '../source/module.ts'
import { lastPart } from '../source/names.ts'
import { pythonProject, type Definition, type PythonProject } from '../source/project.ts'
import { isPredicting } from '../source/served.ts'
import type { Collector } from './context.ts'
import type { PythonSources, SourceFile } from './python-sources.ts'

/** What the serving code does about errors, as its syntax tells. */
export interface ErrorShapes {
  /** Python files that were read. */
  readonly files: readonly string[]
  /** Serving files that were not read, or not wholly. */
  readonly unread: readonly Pick<SourceFile, 'path' | 'language' | 'parse'>[]
  readonly predictCalls: readonly PredictSite[]
  readonly handlers: readonly HandlerSite[]
  /** Calls over the network that may wait for ever. */
  readonly withoutTimeout: readonly Place[]
  /** Functions that a framework calls for errors of any request. */
  readonly frameworkHandlers: readonly Place[]
}

interface Place {
  readonly path: string
  readonly line: number
  readonly callee: string
}

export interface PredictSite extends Place {
  readonly column: number
  /** The outermost calls, itself or of its callers, around which nothing is seen to catch an error. */
  readonly open: readonly { readonly path: string; readonly line: number }[]
}

export interface HandlerSite extends PythonHandler {
  readonly path: string
  /** Catches errors of a call that asks the model. */
  readonly guardsPrediction: boolean
}

export const errorShapes: Collector<ErrorShapes> = {
  title: 'What the serving code does about errors',
  async collect(key, context, facts) {
    const sources = await facts.get('code.python-sources')
    if (sources.state !== 'present') return { ...sources, key }
    if ((context.manifest.code?.serving ?? []).length === 0) {
      const looked = [context.manifest.locate(['code'])]
      return { key, state: 'absent', looked, block: 'code.serving' }
    }
    return { key, state: 'present', value: shapesOf(sources.value), source: sources.source }
  },
}

function shapesOf({ files, roots }: PythonSources): ErrorShapes {
  const serving = files.filter(
    ({ roles, importers }) => roles.includes('serving') || importers.includes('serving'),
  )
  const read = serving.flatMap(({ path, module }) =>
    module === undefined ? [] : [[path, module] as const],
  )
  const project = pythonProject(new Map(read), roots)
  const calls = placedCalls(project)
  const sites = calls.filter(
    ({ call, targets }) =>
      isPredicting(call) && !targets.some((place) => project.functionAt(place) !== undefined),
  )
  const asking = callsThatAsk(calls, sites)
  return {
    files: read.map(([path]) => path),
    unread: serving
      .filter(({ parse }) => parse.state !== 'whole')
      .map(({ path, language, parse }) => ({ path, language, parse })),
    predictCalls: sites.map((site) => {
      const { line, column, callee } = site.call
      const open = openCalls(site, calls).map(({ path, call }) => ({ path, line: call.line }))
      return { path: site.path, line, column, callee, open }
    }),
    handlers: read.flatMap(([path, module]) => handlersIn(path, module, asking)),
    withoutTimeout: read.flatMap(([path, module]) =>
      module.calls
        .filter((call) => mayWaitForEver(call, module))
        .map(({ line, callee }) => ({ path, line, callee })),
    ),
    frameworkHandlers: read.flatMap(([path, module]) => frameworkHandlersIn(path, module)),
  }
}

interface PlacedCall {
  readonly path: string
  readonly call: PythonCall
  readonly targets: readonly Definition[]
  /** Whether some `try` around it catches errors, not only what ends the program. */
  readonly isGuarded: boolean
}

const ENDINGS = new Set(['KeyboardInterrupt', 'SystemExit', 'GeneratorExit', 'CancelledError'])

function placedCalls(project: PythonProject): readonly PlacedCall[] {
  return [...project.modules].flatMap(([path, { calls, tries }]) =>
    calls.map((call) => ({
      path,
      call,
      targets: project.resolve(path, call.scope, call.callee),
      isGuarded: call.tries.some((index) =>
        tries[index]?.handlers.some(
          ({ isBroad, types }) => isBroad || types.some((name) => !ENDINGS.has(lastPart(name))),
        ),
      ),
    })),
  )
}

function callersOf(
  { path, call }: PlacedCall,
  calls: readonly PlacedCall[],
): readonly PlacedCall[] {
  if (call.scope === '') return []
  return calls.filter(({ targets }) =>
    targets.some((place) => place.path === path && place.scope === call.scope),
  )
}

/** How many callers up an error may be caught. */
const MOST_CALLERS = 3

/** The calls that come to one of the model: the sites themselves, and calls of functions they stand in. */
function callsThatAsk(
  calls: readonly PlacedCall[],
  sites: readonly PlacedCall[],
): ReadonlySet<PythonCall> {
  const asking = new Set(sites.map(({ call }) => call))
  let last = sites
  for (let step = 0; step < MOST_CALLERS; step += 1) {
    last = last.flatMap((site) => callersOf(site, calls)).filter(({ call }) => !asking.has(call))
    for (const { call } of last) asking.add(call)
  }
  return asking
}

/** The outermost calls through which an error of a site comes without being caught; empty where none does. */
function openCalls(
  site: PlacedCall,
  calls: readonly PlacedCall[],
  depth = 0,
): readonly PlacedCall[] {
  if (site.isGuarded) return []
  const callers = depth < MOST_CALLERS ? callersOf(site, calls) : []
  if (callers.length === 0) return [site]
  return callers.flatMap((caller) => openCalls(caller, calls, depth + 1))
}

const OF_IMPORTS = new Set(['ImportError', 'ModuleNotFoundError'])

/** A `try` around imports alone is about what is installed, not about requests. */
function handlersIn(
  path: string,
  { tries, calls }: PythonModule,
  asking: ReadonlySet<PythonCall>,
): readonly HandlerSite[] {
  return tries.flatMap(({ handlers }, index) => {
    if (!calls.some((call) => call.tries.includes(index))) return []
    const guardsPrediction = calls.some((call) => call.tries.includes(index) && asking.has(call))
    return handlers
      .filter(({ types }) => types.length === 0 || !types.every((name) => OF_IMPORTS.has(name)))
      .map((handler) => ({ ...handler, path, guardsPrediction }))
  })
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'])

/**
 * `requests` waits for ever unless it is told otherwise, and so does `urlopen`; `httpx` waits five
 * seconds unless its timeout is None.
 */
function mayWaitForEver(call: PythonCall, module: PythonModule): boolean {
  const { callee, keywords } = call
  if ('**' in keywords) return false
  const name = withImports(callee, module)
  const [library = ''] = name.split('.')
  const isNone = keywords['timeout'] === 'None'
  if (library === 'httpx') {
    return isNone && (VERBS.has(lastPart(name)) || /Client$/.test(name))
  }
  const waits = isNone || !('timeout' in keywords)
  if (name === 'urllib.request.urlopen') return waits
  if (library !== 'requests' || !VERBS.has(lastPart(name))) return false
  return waits
}

/** A dotted name with its first part as it was imported, and a session as what made it. */
function withImports(callee: string, { imports, variables }: PythonModule): string {
  const [first = '', ...rest] = callee.split('.')
  for (const { module, binds, names } of imports) {
    if (binds === first) return [module.split('.')[0] === first ? first : module, ...rest].join('.')
    const named = names.find(({ alias }) => alias === first)
    if (named !== undefined) return [module, named.name, ...rest].join('.')
  }
  const made = variables.find(({ name }) => name === first)?.refers ?? []
  const session = made.some((name) => /^requests\.(Session|session)$/.test(name))
  return session ? ['requests', ...rest].join('.') : callee
}

/** Decorators and calls by which Flask, FastAPI, Starlette, aiohttp and Litestar take errors. */
const REGISTERS =
  /^(errorhandler|app_errorhandler|exception_handler|add_exception_handler|register_error_handler|handle_exception)$/

function frameworkHandlersIn(path: string, { calls, functions }: PythonModule): readonly Place[] {
  const decorated = functions.flatMap(({ decorators }) =>
    decorators.map(({ name, line }) => ({ path, line, callee: name })),
  )
  const called = calls.map(({ callee, line }) => ({ path, line, callee }))
  const found = [...decorated, ...called].filter(({ callee }) => REGISTERS.test(lastPart(callee)))
  return found.filter(
    (place, index) => found.findIndex(({ line }) => line === place.line) === index,
  )
}
