import { isAssertingCall, isAssertion } from './assertions.ts'
import { codeLinesOf } from './code-lines.ts'
import { handlerOf, suppressorOf } from './handlers.ts'
import { importOfCall, importsOf } from './imports.ts'
import type {
  PythonCall,
  PythonClass,
  PythonDecorator,
  PythonFunction,
  PythonHandler,
  PythonImport,
  PythonModule,
  PythonTry,
  PythonVariable,
} from './module.ts'
import { dottedName, lastPart, namesIn, textsIn } from './names.ts'
import { markOf, testsOf } from './python-tests.ts'
import { childIn, parsePythonSyntax, type Syntax } from './syntax.ts'

export type ParseState =
  | { readonly state: 'whole' }
  /** The line of the first thing that is no Python; what stands around it was read. */
  | { readonly state: 'damaged'; readonly line: number }

export interface PythonText {
  readonly parse: ParseState
  readonly module: PythonModule
}

/** Reads what a Python file imports, defines, calls, catches and tests, without running any of it. */
export async function readPython(text: string): Promise<PythonText> {
  const { root, errorLine } = await parsePythonSyntax(text)
  const found = new Collected()
  found.visitAll(root.children, {
    scope: '',
    isClass: false,
    isOptional: false,
    tries: [],
    counted: [],
    decorators: [],
  })
  return {
    parse: errorLine === undefined ? { state: 'whole' } : { state: 'damaged', line: errorLine },
    module: { ...found.module(fileMark(root)), lines: codeLinesOf(root, text) },
  }
}

interface Surroundings {
  readonly scope: string
  readonly isClass: boolean
  readonly isOptional: boolean
  readonly tries: readonly number[]
  /** The functions whose assertions are counted here. */
  readonly counted: readonly { assertions: number }[]
  /** Those of the definition that comes next. */
  readonly decorators: readonly PythonDecorator[]
}

type Counted = PythonFunction & { assertions: number }

class Collected {
  readonly #imports: PythonImport[] = []
  readonly #functions: Counted[] = []
  readonly #classes: PythonClass[] = []
  readonly #calls: PythonCall[] = []
  readonly #tries: PythonTry[] = []
  readonly #variables: PythonVariable[] = []

  module(mark: ReturnType<typeof markOf>): Omit<PythonModule, 'lines'> {
    const [functions, classes] = [this.#functions, this.#classes]
    return {
      imports: this.#imports,
      functions,
      classes,
      calls: this.#calls,
      tries: this.#tries,
      tests: testsOf(functions, classes, mark),
      variables: this.#variables,
    }
  }

  visitAll(nodes: readonly Syntax[], around: Surroundings): void {
    for (const node of nodes) this.#visit(node, around)
  }

  #visit(node: Syntax, around: Surroundings): void {
    this.#imports.push(...importsOf(node, around.isOptional))
    if (isAssertion(node) || isAssertingCall(node)) {
      for (const each of around.counted) each.assertions += 1
    }
    switch (node.type) {
      case 'decorated_definition': {
        const own = node.children.filter(({ type }) => type === 'decorator')
        this.visitAll(own, around)
        const decorators = own.map(decoratorOf)
        const rest = node.children.filter(({ type }) => type !== 'decorator')
        this.visitAll(rest, { ...around, decorators })
        return
      }
      case 'function_definition':
        this.#visitFunction(node, around)
        return
      case 'class_definition':
        this.#visitClass(node, around)
        return
      case 'try_statement':
        this.#visitTry(node, around)
        return
      case 'with_statement':
        this.#visitWith(node, around)
        return
      case 'if_statement':
        this.#visitIf(node, around)
        return
      case 'call':
        this.#noteCall(node, around)
        break
      case 'assignment':
        this.#noteVariable(node, around)
        break
    }
    this.visitAll(node.children, around)
  }

  #visitFunction(node: Syntax, around: Surroundings): void {
    const name = childIn(node, 'name')?.text ?? ''
    const parameters = childIn(node, 'parameters')
    const body = childIn(node, 'body')
    const own: Counted = {
      name,
      scope: within(around.scope, name),
      line: node.line,
      parameters: (parameters?.children ?? []).map(parameterName).filter((each) => each !== ''),
      decorators: around.decorators,
      assertions: 0,
      refers: body === undefined ? [] : [...namesIn(body)],
    }
    this.#functions.push(own)
    if (parameters !== undefined) this.visitAll(parameters.children, { ...around, decorators: [] })
    this.visitAll(body?.children ?? [], {
      ...around,
      scope: own.scope,
      isClass: false,
      tries: [],
      counted: [...around.counted, own],
      decorators: [],
    })
  }

  #visitClass(node: Syntax, around: Surroundings): void {
    const name = childIn(node, 'name')?.text ?? ''
    const scope = within(around.scope, name)
    const { decorators } = around
    const given = childIn(node, 'superclasses')?.children ?? []
    this.visitAll(given, { ...around, decorators: [] })
    const bases = given.filter(({ type }) => type !== 'keyword_argument').map(dottedName)
    this.#classes.push({ name, scope, line: node.line, bases, decorators })
    const inside = { ...around, scope, isClass: true, decorators: [] }
    this.visitAll(childIn(node, 'body')?.children ?? [], inside)
  }

  #visitTry(node: Syntax, around: Surroundings): void {
    const clauses = node.children.filter(({ type }) => /^except/.test(type))
    const handlers = clauses.map(handlerOf)
    const isOptional = around.isOptional || handlers.some(catchesImportErrors)
    const inside = handlers.length === 0 ? around : this.#guarded(node, handlers, around)
    for (const child of node.children) {
      if (child.field === 'body') this.visitAll(child.children, { ...inside, isOptional })
      else this.#visit(child, { ...around, isOptional })
    }
  }

  #visitWith(node: Syntax, around: Surroundings): void {
    const [clause, ...rest] = node.children
    if (clause !== undefined) this.#visit(clause, around)
    const handlers = (clause?.children ?? []).flatMap((item) => suppressorOf(item) ?? [])
    const isOptional = around.isOptional || handlers.some(catchesImportErrors)
    const inside = handlers.length === 0 ? around : this.#guarded(node, handlers, around)
    this.visitAll(rest, { ...inside, isOptional })
  }

  #guarded(node: Syntax, handlers: readonly PythonHandler[], around: Surroundings): Surroundings {
    this.#tries.push({ line: node.line, scope: around.scope, handlers })
    return { ...around, tries: [this.#tries.length - 1, ...around.tries] }
  }

  #visitIf(node: Syntax, around: Surroundings): void {
    const condition = childIn(node, 'condition')
    const isTyping = condition !== undefined && lastPart(dottedName(condition)) === 'TYPE_CHECKING'
    const isOptional = around.isOptional || isTyping
    for (const child of node.children) {
      this.#visit(child, child.field === 'consequence' ? { ...around, isOptional } : around)
    }
  }

  #noteCall(node: Syntax, { scope, tries, isOptional }: Surroundings): void {
    const callee = dottedName(childIn(node, 'function'))
    const given = childIn(node, 'arguments')
    const { line, column } = node
    const keywords = Object.fromEntries((given?.children ?? []).flatMap(keywordOf))
    const texts = given === undefined ? [] : textsIn(given)
    this.#calls.push({ callee, line, column, scope, keywords, texts, tries })
    const handed = handedFunction(callee, given)
    if (handed !== undefined) {
      this.#calls.push({ callee: handed, line, column, scope, keywords: {}, texts: [], tries })
    }
    const imported = importOfCall(callee, node, isOptional)
    if (imported !== undefined) this.#imports.push(imported)
  }

  #noteVariable(node: Syntax, { scope, isClass }: Surroundings): void {
    const [target, value] = [childIn(node, 'left'), childIn(node, 'right')]
    if (target?.type !== 'identifier' || value === undefined) return
    if (scope !== '' && !isClass) return
    const { text: name, line } = target
    this.#variables.push({ name, scope, line, refers: [...namesIn(value)] })
  }
}

function within(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`
}

function parameterName(node: Syntax): string {
  if (node.type === 'identifier') return node.text
  const named = childIn(node, 'name') ?? node.children.find(({ type }) => type === 'identifier')
  return named?.text ?? ''
}

function keywordOf(node: Syntax): readonly (readonly [name: string, value: string])[] {
  if (node.type === 'dictionary_splat') return [['**', node.text.slice(2)]]
  if (node.type !== 'keyword_argument') return []
  return [[childIn(node, 'name')?.text ?? '', childIn(node, 'value')?.text ?? '']]
}

/** What a call has another thread or process call: `asyncio.to_thread(model.predict, rows)`. */
function handedFunction(callee: string, given: Syntax | undefined): string | undefined {
  const place = /^(to_thread|run_in_threadpool|run_sync|submit|apply_async)$/.test(lastPart(callee))
    ? 0
    : 1
  if (place === 1 && lastPart(callee) !== 'run_in_executor') return undefined
  const node = given?.children[place]
  const name = node?.type === 'attribute' || node?.type === 'identifier' ? dottedName(node) : '?'
  return name.includes('?') ? undefined : name
}

function decoratorOf(node: Syntax): PythonDecorator {
  const [expression] = node.children
  const call = expression?.type === 'call' ? expression : undefined
  const given = call === undefined ? undefined : childIn(call, 'arguments')
  return {
    name: dottedName(call === undefined ? expression : childIn(call, 'function')),
    line: node.line,
    arguments: (given?.children ?? []).map(({ text }) => text),
  }
}

const IMPORT_ERRORS = new Set(['ImportError', 'ModuleNotFoundError'])

function catchesImportErrors({ isBroad, types }: PythonHandler): boolean {
  return isBroad || types.some((name) => IMPORT_ERRORS.has(lastPart(name)))
}

/** What `pytestmark = pytest.mark.skip(...)` says of all tests of a file. */
function fileMark({ children }: Syntax): ReturnType<typeof markOf> {
  const statements = children.flatMap((node) =>
    node.type === 'expression_statement' ? node.children : [],
  )
  const marks = statements.find((node) => childIn(node, 'left')?.text === 'pytestmark')
  const value = marks === undefined ? undefined : childIn(marks, 'right')
  if (value === undefined) return undefined
  const each = value.type === 'list' || value.type === 'tuple' ? value.children : [value]
  return markOf(
    each.map((mark) => ({
      name: dottedName(mark.type === 'call' ? childIn(mark, 'function') : mark),
    })),
  )
}
