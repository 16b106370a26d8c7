import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { holds } from './samples.ts'

const root = path.join(path.dirname(path.dirname(import.meta.dirname)), 'src', 'stats')

/** They count, compare or look something up: no formula, hence no source. */
const WITHOUT_FORMULA = new Set([
  'scoresByClass',
  'unboundedReason',
  'distanceResult',
  'sharesOf',
  'equalWidthEdges',
  'countInCells',
  'countBetweenCuts',
  'quantileCuts',
  'rankBelow',
  'rankAtMost',
  'confusionsOf',
  'required',
  'findMetric',
  'findStatistic',
  'sortAscending',
  'requireSorted',
  'requireCounts',
  'requireWholeCounts',
  'totalCount',
  'groupSizes',
  'latticeCost',
  'tieGroups',
  'emptySampleReason',
])

interface Documented {
  readonly name: string
  readonly parameters: readonly string[]
  readonly returnsSomething: boolean
  /** Throws itself or calls what refuses. */
  readonly refuses: boolean
  readonly comment: string
}

function exportedFunctions(file: string): readonly Documented[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return source.statements
    .filter((statement) => ts.isFunctionDeclaration(statement))
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map((declaration) => ({
      name: declaration.name?.text ?? file,
      parameters: declaration.parameters.map(({ name }) =>
        ts.isIdentifier(name) ? name.text : '\\w+',
      ),
      returnsSomething: declaration.type?.getText() !== 'void',
      refuses: /\bthrow\b|\brequire[A-Z]\w*\(/.test(declaration.body?.getText() ?? ''),
      comment: ts
        .getJSDocCommentsAndTags(declaration)
        .map((node) => node.getText())
        .join('\n'),
    }))
}

function gapsOf(declared: Documented): readonly string[] {
  const { comment, name } = declared
  const says = (pattern: RegExp): boolean => pattern.test(comment)
  return [
    ...declared.parameters
      .filter((parameter) => !says(new RegExp(`@param ${parameter} - `)))
      .map((parameter) => `@param ${parameter}`),
    ...(declared.returnsSomething && !says(/@returns \S/) ? ['@returns'] : []),
    ...(declared.refuses && !says(/@throws (RangeError|Error)/) ? ['@throws'] : []),
    ...(says(/Complexity: \S/) ? [] : ['Complexity']),
    ...(WITHOUT_FORMULA.has(name) || says(/Sources?: \S/) ? [] : ['Source']),
  ].map((gap) => `${name}: ${gap}`)
}

const declared = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(exportedFunctions)

test('every exported function says what it takes, returns and refuses, what it costs, and whence it is', () => {
  holds(declared.length > 90)
  assert.deepEqual(declared.flatMap(gapsOf), [])
})

test('what is excused from naming a source exists', () => {
  const names = new Set(declared.map(({ name }) => name))
  assert.deepEqual(
    [...WITHOUT_FORMULA].filter((name) => !names.has(name)),
    [],
  )
})
