import type { CodeLines } from './code-lines.ts'

/** What a Python file says, as data. Lines and columns start at 1. */
export interface PythonModule {
  readonly imports: readonly PythonImport[]
  readonly functions: readonly PythonFunction[]
  readonly classes: readonly PythonClass[]
  readonly calls: readonly PythonCall[]
  readonly tries: readonly PythonTry[]
  readonly tests: readonly PythonTest[]
  readonly variables: readonly PythonVariable[]
  readonly lines: CodeLines
}

export interface PythonImport {
  /** Dotted, with the leading dots of a relative import: `numpy.linalg`, `.features`. */
  readonly module: string
  readonly line: number
  /** Stands in a `try` that catches ImportError, or where only a type checker looks. */
  readonly isOptional: boolean
  /** How many dots: 0 for an absolute import. */
  readonly level: number
  /** What `from module import` takes; empty for `import module`. */
  readonly names: readonly ImportedName[]
  /** What `import module` binds: its first part, or the name after `as`. */
  readonly binds: string | undefined
}

export interface ImportedName {
  /** `*` for all. */
  readonly name: string
  readonly alias: string
}

/** The name of a definition within its file, with those around it: `Model.predict`, `outer.inner`. */
type Scope = string

export interface PythonFunction {
  readonly name: string
  readonly scope: Scope
  readonly line: number
  readonly parameters: readonly string[]
  readonly decorators: readonly PythonDecorator[]
  /** How often its own body asserts; a constant is no assertion. */
  readonly assertions: number
  /** The dotted names that its body uses, each once. */
  readonly refers: readonly string[]
}

/** A name that is assigned outside of functions, with the dotted names that its value uses. */
export interface PythonVariable {
  readonly name: string
  readonly scope: Scope
  readonly line: number
  readonly refers: readonly string[]
}

export interface PythonDecorator {
  /** Dotted: `app.post`, `pytest.mark.skipif`. */
  readonly name: string
  readonly line: number
  readonly arguments: readonly string[]
}

export interface PythonClass {
  readonly name: string
  readonly scope: Scope
  readonly line: number
  readonly bases: readonly string[]
  readonly decorators: readonly PythonDecorator[]
}

export interface PythonCall {
  /** The dotted name that is called, with calls and subscripts on the way: `load().predict`, `models[].predict`. */
  readonly callee: string
  readonly line: number
  readonly column: number
  /** The function or class around it; empty at module level. */
  readonly scope: Scope
  /** Keyword arguments as they are written; `**` for those that a dictionary gives. */
  readonly keywords: Readonly<Record<string, string>>
  /** Pieces of text in its arguments, without their quotes. */
  readonly texts: readonly string[]
  /** The `try` statements whose body it stands in, by their place in `tries`, innermost first. */
  readonly tries: readonly number[]
}

export interface PythonTry {
  readonly line: number
  readonly scope: Scope
  readonly handlers: readonly PythonHandler[]
}

export interface PythonHandler {
  readonly line: number
  /** Dotted names; empty for a bare `except:`. */
  readonly types: readonly string[]
  /** Catches everything: bare, Exception or BaseException. */
  readonly isBroad: boolean
  /** Does nothing at all: `pass`, `...`, `continue`, `break`, `return`, `return None`. */
  readonly isSilent: boolean
  readonly raises: boolean
  readonly logs: boolean
  readonly counts: boolean
}

export interface PythonTest {
  readonly name: string
  readonly scope: Scope
  readonly line: number
  readonly style: 'pytest' | 'unittest'
  /** As it is marked; a condition on `skipif` is not evaluated. */
  readonly mark: 'skip' | 'skipif' | 'xfail' | undefined
}
