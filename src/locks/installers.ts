import { normalizeName, type RequirementEntry } from './requirement.ts'

/** Tools that install or build others; what they install is locked elsewhere. */
const INSTALLERS = [
  'pip',
  'setuptools',
  'wheel',
  'uv',
  'poetry',
  'pipenv',
  'pdm',
  'pip-tools',
  'conda-lock',
]

/** A warning for an installer without an exact version: another one installs the same locked packages. */
export function asInstaller(entry: RequirementEntry): RequirementEntry {
  const isInstaller = INSTALLERS.includes(normalizeName(entry.name)) && entry.pinned === 'no'
  return isInstaller ? { ...entry, pinned: 'warn', code: 'INSTALLER_NOT_PINNED' } : entry
}
