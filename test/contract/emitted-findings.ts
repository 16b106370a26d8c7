import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** A place in the source that makes a finding. */
export interface Emission {
  readonly code: string
  readonly place: string
  /** Names of the arguments that the source shows; `undefined` where it does not show them. */
  readonly args: ReadonlySet<string> | undefined
}

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/
const root = path.resolve(import.meta.dirname, '../..')

/**
 * Every finding code in the source with the arguments it is emitted with, as the type checker sees
 * them: a string literal where a `FindingCode` is expected, or the `code` of an object with `args`.
 */
export function emittedFindings(): readonly Emission[] {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(report|cli)[/\\]/.test(name))
    .map((name) => path.join(root, 'src', name))
    .sort()
  const { config } = ts.parseConfigFileTextToJson(
    'tsconfig.json',
    readFileSync(path.join(root, 'tsconfig.json'), 'utf8'),
  ) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  const emissions: Emission[] = []
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (source === undefined) throw new Error(`${file} is not part of the program`)
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteral(node) && CODE.test(node.text) && isFindingCode(node, checker)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        emissions.push({
          code: node.text,
          place: `${path.relative(root, file)}:${String(line + 1)}`,
          args: argsBeside(node, checker),
        })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return emissions
}

function isFindingCode(node: ts.StringLiteral, checker: ts.TypeChecker): boolean {
  if (ts.isCaseClause(node.parent) || isCompared(node)) return false
  const expected = checker.getContextualType(node)
  if (expected !== undefined && isUppercase(expected)) return true
  const property = node.parent
  return (
    ts.isPropertyAssignment(property) &&
    property.name.getText() === 'code' &&
    ts.isObjectLiteralExpression(property.parent) &&
    argsOfObject(property.parent) !== undefined
  )
}

function isCompared(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent)
}

function isUppercase(type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.StringMapping) !== 0) return true
  return type.isUnion() && type.types.some(isUppercase)
}

function argsBeside(node: ts.Node, checker: ts.TypeChecker): ReadonlySet<string> | undefined {
  let around: ts.Node = node.parent
  while (ts.isConditionalExpression(around) || ts.isParenthesizedExpression(around)) {
    around = around.parent
  }
  if (ts.isPropertyAssignment(around) && ts.isObjectLiteralExpression(around.parent)) {
    const args = argsOfObject(around.parent)
    return args === undefined ? undefined : namesOf(args, checker)
  }
  if (!ts.isCallExpression(around) && !ts.isNewExpression(around)) return undefined
  const names = new Set<string>()
  for (const argument of around.arguments ?? []) {
    if (argument === node) continue
    for (const name of namesOf(argument, checker) ?? []) names.add(name)
  }
  const helper = checker.getResolvedSignature(around)?.declaration
  if (helper !== undefined) addOwnArgs(helper, checker, names)
  return names
}

/** What a helper that makes findings adds to the arguments of its caller. */
function addOwnArgs(node: ts.Node, checker: ts.TypeChecker, names: Set<string>): void {
  if (ts.isObjectLiteralExpression(node)) {
    const args = argsOfObject(node)
    for (const name of (args && namesOf(args, checker)) ?? []) names.add(name)
  }
  ts.forEachChild(node, (child) => addOwnArgs(child, checker, names))
}

function argsOfObject(object: ts.ObjectLiteralExpression): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name?.getText() !== 'args') continue
    if (ts.isPropertyAssignment(property)) return property.initializer
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return undefined
}

function namesOf(expression: ts.Expression, checker: ts.TypeChecker): Set<string> | undefined {
  const type = checker.getTypeAtLocation(expression)
  if ((type.flags & ts.TypeFlags.Object) === 0) return undefined
  return new Set(checker.getPropertiesOfType(type).map((property) => property.getName()))
}
