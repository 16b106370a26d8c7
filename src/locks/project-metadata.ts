import type { PythonRange } from './lock-format.ts'
import { at, entriesAt, listAt, LockSyntaxError, textAt, type Located } from './located.ts'
import { poetryPython, poetrySpecifier } from './poetry-specifier.ts'
import { parseRequirementLine } from './requirement-line.ts'
import type { PlacedRequirement, Requirement } from './requirement.ts'
import { parseToml } from './toml-tree.ts'

/** What `pyproject.toml` demands. */
export interface ProjectMetadata {
  readonly direct: readonly PlacedRequirement[]
  readonly requiresPython: PythonRange | undefined
}

/**
 * Reads the dependencies of production from `[project]` (PEP 621) and `[tool.poetry.dependencies]`.
 *
 * @returns the problem for what is not TOML.
 */
export async function readProjectMetadata(
  text: string,
  file: string,
): Promise<ProjectMetadata | LockSyntaxError> {
  try {
    const root = await parseToml(text)
    const poetry = entriesAt(root, 'tool', 'poetry', 'dependencies')
    const direct = [
      ...listAt(root, 'project', 'dependencies').flatMap((node) => standard(node)),
      ...poetry
        .filter(([name]) => name !== 'python')
        .flatMap(([name, node]) => ofPoetry(name, node)),
    ].map(([requirement, line]) => ({ requirement, file, line }))
    return { direct, requiresPython: pythonOf(root, file) }
  } catch (error) {
    if (error instanceof LockSyntaxError) return error
    throw error
  }
}

type Placed = readonly [requirement: Requirement, line: number]

function standard(node: Located): readonly Placed[] {
  const parsed = parseRequirementLine(textAt(node) ?? '')
  return parsed.kind === 'requirement' ? [[parsed.requirement, node.line]] : []
}

function ofPoetry(name: string, node: Located): readonly Placed[] {
  const constraint = textAt(node) ?? textAt(node, 'version')
  const optional = at(node, 'optional')
  if (constraint === undefined || optional !== undefined) return []
  const specifier = poetrySpecifier(constraint) ?? ''
  const marker = textAt(node, 'markers')
  const requirement: Requirement = {
    kind: 'index',
    name,
    extras: [],
    specifier,
    marker,
    editable: false,
    hashes: [],
  }
  return [[requirement, node.line]]
}

function pythonOf(root: Located, file: string): PythonRange | undefined {
  const standardRange = at(root, 'project', 'requires-python')
  const poetryRange = at(root, 'tool', 'poetry', 'dependencies', 'python')
  const node = standardRange ?? poetryRange
  const text = textAt(node)
  if (node === undefined || text === undefined) return undefined
  const specifier = standardRange === undefined ? poetryPython(text) : text
  return { specifier, file, line: node.line }
}
