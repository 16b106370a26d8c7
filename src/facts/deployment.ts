import { dayOf } from '../core/days.ts'
import type { Collector } from './context.ts'

/** Since when the duties of the phase after are counted. */
export interface Deployment {
  /** A UTC day. */
  readonly day: string
  readonly from: 'model.deployed' | 'the first audit of the phase during' | 'model.created'
  /** The UTC day that the audit judges. */
  readonly today: string
}

/**
 * The day that the manifest declares; else that of the first audit of the phase during that the ledger
 * has of this model; else the day on which the model was made, which is early rather than late.
 */
export const deployment: Collector<Deployment> = {
  title: 'The day of the deployment',
  async collect(key, context, facts) {
    const { manifest, today } = context
    const { created, deployed } = manifest.model
    if (deployed !== undefined) {
      const source = manifest.locate(['model', 'deployed'])
      return {
        key,
        state: 'present',
        value: { day: deployed, from: 'model.deployed', today },
        source,
      }
    }
    const ledger = await facts.get('run.ledger')
    if (ledger.state === 'present') {
      const { entries, modelSha256 } = ledger.value
      const first = entries.find(
        ({ audit, model }) => audit?.phase === 'during' && model?.sha256 === modelSha256,
      )
      if (first !== undefined && modelSha256 !== null) {
        const from = 'the first audit of the phase during'
        const source = { ...ledger.source, line: first.line }
        return { key, state: 'present', value: { day: dayOf(first.date), from, today }, source }
      }
    }
    const source = manifest.locate(['model', 'created'])
    if (created === undefined) {
      return { key, state: 'absent', looked: [manifest.locate(['model'])], block: 'model.deployed' }
    }
    return { key, state: 'present', value: { day: created, from: 'model.created', today }, source }
  },
}
