import type { GradedFinding } from '../core/finding.ts'
import type { DependencyFiles } from '../facts/dependencies.ts'

/** The parameter that names what the shipped table does not know. */
export const IMPORT_NAMES = {
  type: 'strings',
  default: [],
  description:
    'Modules with the distribution that provides them where the names differ, as module=distribution.',
} as const

/**
 * Packages that the serving code imports and no requirement provides. Nothing is said while a file
 * of dependencies could not be read: what is in it might provide them.
 */
export function importFindings(
  { distributions, findings, imports = [], unsupported }: DependencyFiles,
  importNames: readonly string[],
): readonly GradedFinding[] {
  const isPartial =
    distributions.length === 0 ||
    unsupported.length > 0 ||
    findings.some(
      ({ code, severity }) => severity === 'inconclusive' && code !== 'IMPORTS_NOT_READ',
    )
  if (isPartial) return []
  const named = new Map(
    importNames.map((text) => text.split('=')).map(([module = '', name = '']) => [module, name]),
  )
  const locked = new Set(distributions)
  const isProvided = (module: string) => {
    const parts = module.split('.')
    return parts.some((_, at) => {
      const name = named.get(parts.slice(0, at + 1).join('.'))
      return name !== undefined && locked.has(normal(name))
    })
  }
  return imports
    .filter(({ isLocked, module }) => !isLocked && !isProvided(module))
    .map(({ module, distributions: providers, isOptional, file, line }) => ({
      severity: isOptional ? 'notice' : 'fail',
      code: isOptional ? 'IMPORT_OPTIONAL_NOT_LOCKED' : 'IMPORT_NOT_LOCKED',
      args: { module, distributions: providers, file, line },
      location: { path: file, line },
    }))
}

/** Distribution names compare without case, and with `-`, `_` and `.` alike. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
