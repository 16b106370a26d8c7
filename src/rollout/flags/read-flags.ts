import type { Location } from '../../core/evidence.ts'
import { readDocuments } from '../documents.ts'
import { at, entriesOf, has, type SourceText, type Value } from '../located.ts'
import type { Flag, FlagsRead } from './flag.ts'
import { flagdFlags, isFlagd } from './flagd.ts'
import { isLaunchDarkly, launchDarklyFlags } from './launchdarkly.ts'
import { isUnleash, unleashFlags } from './unleash.ts'

/**
 * Reads feature flags: definitions of flagd (JSON or YAML, also inside of a FeatureFlag resource), an
 * export of Unleash, or flags of LaunchDarkly.
 *
 * @param environment which environment of the file is meant, where it has several
 * @returns every flag of the file, or why there is none
 */
export async function readFlags(source: SourceText, environment?: string): Promise<FlagsRead> {
  const read = await readDocuments(source)
  if ('problem' in read) return unreadable(source.path, read.problem, read.location)
  const flags = read.documents.flatMap((document) => flagsOf(document, environment))
  if (flags.length > 0) return { flags }
  return unreadable(source.path, 'it holds no flag of a known format', { path: source.path })
}

function flagsOf(document: Value, environment: string | undefined): readonly Flag[] {
  const wrapped = at(document, 'spec', 'flagSpec')
  const root = wrapped ?? document
  if (isLaunchDarkly(root)) return launchDarklyFlags(root, environment)
  if (isFlagd(root)) return flagdFlags(root)
  if (isUnleash(root)) return unleashFlags(root, environment)
  // One broken flag beside others must not hide: a map of flags of which none has variants.
  return entriesOf(at(root, 'flags')).some(([, flag]) => has(flag, 'state')) ? flagdFlags(root) : []
}

function unreadable(path: string, problem: string, location: Location): FlagsRead {
  const args = { path, problem }
  return { finding: { severity: 'inconclusive', code: 'FLAGS_UNREADABLE', args, location } }
}
