import type { ImportedName, PythonImport } from './module.ts'
import { childIn, type Syntax } from './syntax.ts'

/** The imports of one statement; empty for any other node. */
export function importsOf(node: Syntax, isOptional: boolean): readonly PythonImport[] {
  const { line } = node
  switch (node.type) {
    case 'import_statement':
      return node.children.map((child) => {
        const { name, alias } = importedName(child)
        const binds = child.type === 'aliased_import' ? alias : name.split('.')[0]
        return { module: name, line, isOptional, level: 0, names: [], binds }
      })
    case 'future_import_statement':
      return [{ module: '__future__', line, isOptional, level: 0, names: [], binds: undefined }]
    case 'import_from_statement': {
      const module = (childIn(node, 'module_name')?.text ?? '').replaceAll(/\s/g, '')
      const names = node.children
        .filter(({ field, type }) => field === 'name' || type === 'wildcard_import')
        .map(importedName)
      const level = /^\.*/.exec(module)?.[0].length ?? 0
      return [{ module, line, isOptional, level, names, binds: undefined }]
    }
    default:
      return []
  }
}

function importedName(node: Syntax): ImportedName {
  if (node.type === 'wildcard_import') return { name: '*', alias: '*' }
  if (node.type !== 'aliased_import') return { name: node.text, alias: node.text }
  const name = childIn(node, 'name')?.text ?? ''
  return { name, alias: childIn(node, 'alias')?.text ?? name }
}

/** Functions that import what their first argument names. */
const IMPORTERS = new Set([
  'importlib.import_module',
  'import_module',
  '__import__',
  'pytest.importorskip',
])

/** The import that a call makes, where the module stands there as text. */
export function importOfCall(
  callee: string,
  node: Syntax,
  isOptional: boolean,
): PythonImport | undefined {
  if (!IMPORTERS.has(callee)) return undefined
  const given = childIn(node, 'arguments')?.children ?? []
  const named = given.find((each) => childIn(each, 'name')?.text === 'name')
  const first = named === undefined ? given[0] : childIn(named, 'value')
  const module = /^['"]([\w.]+)['"]$/.exec(first?.text ?? '')?.[1]
  if (module === undefined) return undefined
  const level = /^\.*/.exec(module)?.[0].length ?? 0
  const mayLack = isOptional || callee === 'pytest.importorskip'
  return { module, line: node.line, isOptional: mayLack, level, names: [], binds: undefined }
}
