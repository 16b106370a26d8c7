import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { formatLocation, MlcheckError } from '../../src/core/errors.ts'
import type { KnownCheck } from '../../src/config/checklist.ts'
import { loadAttestations } from '../../src/config/load-attestations.ts'
import { loadChecklist } from '../../src/config/load-checklist.ts'
import { loadManifest } from '../../src/config/load-manifest.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import { loadWaivers } from '../../src/config/load-waivers.ts'

export const corpusFolder = path.resolve(import.meta.dirname, '../../fixtures/config')

export const shippedChecklist = path.join(corpusFolder, 'shipped-checklist.yaml')

export const knownChecks: readonly KnownCheck[] = [
  {
    id: 'model.size',
    params: {
      warn_share: { type: 'number', default: 0.8, min: 0, max: 1, description: 'A share.' },
      mode: {
        type: 'string',
        default: 'strict',
        oneOf: ['strict', 'lenient'],
        description: 'A mode.',
      },
      names: { type: 'strings', default: [], description: 'Some names.' },
      on: { type: 'boolean', default: true, description: 'A switch.' },
    },
  },
]

/** The folders of the corpus: each holds one file that must be refused, and the words of the refusal. */
export function corpusLeaves(): readonly string[] {
  return readdirSync(corpusFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** Loads the one file of a folder with the loader that its name asks for. */
export async function loadLeaf(leaf: string): Promise<unknown> {
  const cwd = path.join(corpusFolder, leaf)
  const has = (name: string): boolean => existsSync(path.join(cwd, name))
  if (has('model.yaml')) return loadManifest('model.yaml', { cwd })
  if (has('mlcheck.yaml')) return loadSettings({ startDir: cwd })
  if (has('checklist.yaml')) {
    return loadChecklist('checklist.yaml', {
      cwd,
      defaultPath: shippedChecklist,
      checks: knownChecks,
    })
  }
  if (has('.mlcheck/waivers.yaml')) return loadWaivers('.', cwd)
  if (has('.mlcheck/attestations.yaml')) return loadAttestations('.', cwd)
  throw new Error(`nothing to load in ${leaf}`)
}

/** An error as the command line shows it, without colour. */
export function renderError(error: unknown): string {
  if (!(error instanceof MlcheckError)) throw error
  const place = error.location === undefined ? '' : `${formatLocation(error.location)} `
  const parts = [`${error.name}: ${place}${error.message}`, error.frame, error.hint]
  return `${parts.filter((part) => part !== undefined).join('\n')}\n`
}
