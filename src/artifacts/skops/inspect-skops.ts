import { basename } from 'node:path'
import type { GradedFinding } from '../../core/finding.ts'
import type { Inspection, InspectionLimits, Producer } from '../artifact.ts'
import { inspected, type Found } from '../inspection.ts'
import { parseJson } from '../json/read-json.ts'
import type { ObjectFacts } from '../object-facts.ts'
import type { GlobalPolicy } from '../policy.ts'
import { objectFacts } from '../sklearn/object-facts-of.ts'
import { sklearnVersions } from '../sklearn/versions.ts'
import { Unreadable } from '../unreadable.ts'
import { globalPath, judgeGlobals } from '../verdict.ts'
import { openZip, type ZipArchive } from '../zip/open-zip.ts'
import { readFiles } from './files.ts'
import { isSchemaNode, surveySchema } from './schema.ts'
import { translateSchema, type Translation } from './translate.ts'

const SCHEMA = 'schema.json'

/** The schema is parsed as a whole. */
const SCHEMA_BYTES = 64 * 1024 * 1024

/** The version of the layout that skops has had since 0.8. */
const PROTOCOLS = [1, 2]

/**
 * Reads a file of `skops.io.dump`: the object, and every class and function that loading it would import.
 *
 * @param now - Milliseconds of a clock, for the limit of time.
 * @returns Inconclusive when a node has a loader that is not known, or a part cannot be read.
 * @throws InputError when there is no file that can be read.
 */
export function inspectSkops(
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
): Promise<Inspection> {
  const deadline = now() + limits.timeMs
  return inspected('skops', async () => {
    const archive = await openZip(path, limits)
    try {
      const found = await readArchive(archive, basename(path), limits, policy)
      return now() > deadline
        ? { ...found, reasons: [...(found.reasons ?? []), late(limits)] }
        : found
    } finally {
      archive.close()
    }
  })
}

const TOO_DEEP: Translation = {
  root: { kind: 'none' },
  problems: [malformed('nodes are nested too deeply')],
}

async function readArchive(
  archive: ZipArchive,
  file: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
): Promise<Found> {
  const text = Buffer.from(await archive.read(SCHEMA, SCHEMA_BYTES)).toString('utf8')
  const schema = parseJson(text, `${SCHEMA} of ${file}`)
  const { globals, files, isWhole } = surveySchema(schema)
  const arrays = await readFiles(archive, files, limits)
  // Too deep to survey is too deep to follow.
  const { root, problems } = isWhole
    ? translateSchema(schema, (name) => arrays.nodes.get(name))
    : TOO_DEEP
  const object = objectFacts(root, limits)
  const reasons: GradedFinding[] = [
    ...archive.problems,
    ...arrays.problems,
    ...problems,
    ...protocolProblems(schema),
    ...judgeGlobals(globals, policy),
  ]
  return {
    reasons,
    globals: globals.map(globalPath),
    producers: producersOf(schema, object),
    object,
  }
}

function protocolProblems(schema: unknown): readonly GradedFinding[] {
  const protocol = isSchemaNode(schema) ? schema['protocol'] : undefined
  if (typeof protocol === 'number' && PROTOCOLS.includes(protocol)) return []
  return [malformed(`its protocol is ${JSON.stringify(protocol ?? null)}`)]
}

function producersOf(schema: unknown, object: ObjectFacts | null): readonly Producer[] {
  const version = isSchemaNode(schema) ? schema['_skops_version'] : undefined
  const skops = typeof version === 'string' ? [{ library: 'skops', version }] : []
  const own = object === null ? [] : sklearnVersions(object)
  return [...own.map((each) => ({ library: 'scikit-learn', version: each })), ...skops]
}

function malformed(reason: string): GradedFinding {
  return new Unreadable('SKOPS_MALFORMED', { reason }).finding
}

function late(limits: InspectionLimits): GradedFinding {
  return new Unreadable('INSPECTION_TIME_OUT', { limit: limits.timeMs }).finding
}
