import type { runAudit } from '../app/audit.ts'
import type { runDemo } from '../app/demo.ts'
import type { runDrift } from '../app/drift.ts'
import type { runInspect } from '../app/inspect.ts'
import type { runProfile } from '../app/profile.ts'
import type { prepareAttestation, prepareWaiver } from '../app/record.ts'
import type { reportDefaults } from '../app/report-defaults.ts'

/**
 * The commands' work, loaded when a command runs: `--help` and `--version` load none of it. Tests
 * give their own.
 */
export interface Apps {
  readonly audit: () => Promise<{ readonly runAudit: typeof runAudit }>
  readonly drift: () => Promise<{ readonly runDrift: typeof runDrift }>
  readonly inspect: () => Promise<{ readonly runInspect: typeof runInspect }>
  readonly profile: () => Promise<{ readonly runProfile: typeof runProfile }>
  readonly record: () => Promise<{
    readonly prepareAttestation: typeof prepareAttestation
    readonly prepareWaiver: typeof prepareWaiver
  }>
  readonly demo: () => Promise<{ readonly runDemo: typeof runDemo }>
  readonly reportDefaults: () => Promise<{ readonly reportDefaults: typeof reportDefaults }>
}

export const APPS: Apps = {
  audit: () => import('../app/audit.ts'),
  drift: () => import('../app/drift.ts'),
  inspect: () => import('../app/inspect.ts'),
  profile: () => import('../app/profile.ts'),
  record: () => import('../app/record.ts'),
  demo: () => import('../app/demo.ts'),
  reportDefaults: () => import('../app/report-defaults.ts'),
}
