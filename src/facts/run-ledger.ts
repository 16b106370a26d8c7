import { LEDGER_FILE } from '../config/ledger-line.ts'
import { loadLedger } from '../config/load-ledger.ts'
import type { Ledger } from '../core/ledger.ts'
import type { Collector } from './context.ts'

/** The runs that a project recorded, and the day they are looked at. */
export interface RunLedger extends Ledger {
  /** The UTC day that the audit judges. */
  readonly today: string
  /** The digest of the model that is audited; `null` when it cannot be read. */
  readonly modelSha256: string | null
}

export const runLedger: Collector<RunLedger> = {
  title: 'The runs that the project recorded',
  async collect(key, context, facts) {
    const ledger = await loadLedger('.', context.manifest.folder)
    if (ledger === undefined) return { key, state: 'absent', looked: [{ path: LEDGER_FILE }] }
    const model = await facts.get('model.artifact')
    const modelSha256 = model.state === 'present' ? model.value.sha256 : null
    const value = { ...ledger, today: context.today, modelSha256 }
    return { key, state: 'present', value, source: { path: ledger.path, sha256: ledger.sha256 } }
  },
}
