import type { runAudit } from '../app/audit.ts'
import type { runDemo } from '../app/demo.ts'
import type { runDrift } from '../app/drift.ts'
import type { runProfile } from '../app/profile.ts'
import type { reportDefaults } from '../app/report-defaults.ts'

/**
 * The commands' work, loaded when a command runs: `--help` and `--version` load none of it. Tests
 * give their own.
 */
export interface Apps {
  readonly audit: () => Promise<{ readonly runAudit: typeof runAudit }>
  readonly drift: () => Promise<{ readonly runDrift: typeof runDrift }>
  readonly profile: () => Promise<{ readonly runProfile: typeof runProfile }>
  readonly demo: () => Promise<{ readonly runDemo: typeof runDemo }>
  readonly reportDefaults: () => Promise<{ readonly reportDefaults: typeof reportDefaults }>
}

export const APPS: Apps = {
  audit: () => import('../app/audit.ts'),
  drift: () => import('../app/drift.ts'),
  profile: () => import('../app/profile.ts'),
  demo: () => import('../app/demo.ts'),
  reportDefaults: () => import('../app/report-defaults.ts'),
}
