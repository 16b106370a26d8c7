import { existsSync } from 'node:fs'
import path from 'node:path'
import { CHECKS, findCheck } from '../checks/registry.ts'
import type { WrittenRecord } from '../config/append-record.ts'
import { ATTEST, type Checklist, type ChecklistItem } from '../config/checklist.ts'
import { didYouMean } from '../config/did-you-mean.ts'
import { evidenceState, isAddress, loadAttestations } from '../config/load-attestations.ts'
import { loadChecklist } from '../config/load-checklist.ts'
import { loadManifest } from '../config/load-manifest.ts'
import { loadWaivers } from '../config/load-waivers.ts'
import type { Manifest } from '../config/manifest.ts'
import { extendRecords, type ExtendedFile, type RecordKind } from '../config/record-file.ts'
import { isInside } from '../config/repository.ts'
import { dayAfter } from '../core/days.ts'
import { InputError, UsageError } from '../core/errors.ts'
import { digestArtifact } from '../facts/artifact-digest.ts'
import { refuseAttestation, refuseWaiver, type RecordRefusal } from '../policy/record-terms.ts'
import { CHECKLIST, MANIFEST } from './audit.ts'
import type { RunContext } from './context.ts'

interface RecordRequest {
  readonly item: string
  readonly owner: string
  readonly reviewer?: string
  readonly checklist?: string
  readonly manifest?: string
  readonly allowOutside: boolean
  /** Today, as a UTC day; the clock's if not given. */
  readonly now?: string
}

export interface AttestRequest extends RecordRequest {
  readonly statement: string
  readonly evidence?: string
  readonly expires?: string
}

export interface WaiveRequest extends RecordRequest {
  readonly reason: string
  readonly expires: string
}

/** A record that may be written, and the file as it will be. */
export interface PreparedRecord {
  readonly record: WrittenRecord
  readonly file: ExtendedFile
  /** Reads the file anew, for whoever alone may write it now: another one may have written meanwhile. */
  readonly extendAgain: () => Promise<ExtendedFile>
}

/** How long an attestation holds where neither the request nor the item says. */
const ATTESTATION_DAYS = 365

/**
 * What a person vouches for, ready to be added to the project's attestations. Nothing is written.
 *
 * @throws MlcheckError when it would have no effect: an unknown item, one that a check decides, a past
 *   day, no such document, a model that cannot be read.
 */
export async function prepareAttestation(
  request: AttestRequest,
  context: RunContext,
): Promise<PreparedRecord> {
  const { item, manifest, today, sha256 } = await gather(request, context)
  const { owner, reviewer, statement, evidence } = request
  const expires = request.expires ?? dayAfter(today, item.everyDays ?? ATTESTATION_DAYS)
  const proposed = { owner, expires, ...(reviewer === undefined ? {} : { reviewer }) }
  const isAttestable = item.check === ATTEST || findCheck(item.check)?.attested === true
  refuse(refuseAttestation(item, proposed, today, isAttestable))
  if (item.minEvidence === 'documented' && (evidence === undefined || isAddress(evidence))) {
    const hint = 'Name a file of the project with --evidence; an address is not looked up.'
    throw new UsageError(`${item.id} demands a document beside the statement`, { hint })
  }
  const document =
    evidence === undefined ? {} : { evidence: await documentOf(evidence, manifest, context) }
  const record: WrittenRecord = {
    item: item.id,
    statement,
    owner,
    ...(reviewer === undefined ? {} : { reviewer }),
    date: today,
    expires,
    ...document,
    model_sha256: sha256,
  }
  return extended('attestations', manifest, record, context)
}

/**
 * A failure that somebody accepts, ready to be added to the project's waivers. Nothing is written.
 *
 * @throws MlcheckError when it would have no effect: an unknown item, one that may not be waived, a past
 *   day, a longer time than the item allows, a model that cannot be read.
 */
export async function prepareWaiver(
  request: WaiveRequest,
  context: RunContext,
): Promise<PreparedRecord> {
  const { item, manifest, today, sha256 } = await gather(request, context)
  const { owner, reviewer, reason, expires } = request
  const proposed = { owner, expires, ...(reviewer === undefined ? {} : { reviewer }) }
  refuse(refuseWaiver(item, proposed, today, ATTEST))
  const record: WrittenRecord = {
    item: item.id,
    reason,
    owner,
    ...(reviewer === undefined ? {} : { reviewer }),
    created: today,
    expires,
    model_sha256: sha256,
  }
  return extended('waivers', manifest, record, context)
}

async function gather(
  { item: id, now, ...request }: RecordRequest,
  context: RunContext,
): Promise<{
  readonly item: ChecklistItem
  readonly manifest: Manifest
  readonly today: string
  readonly sha256: string
}> {
  const { cwd } = context
  const { allowOutside } = request
  const manifest = await loadManifest(request.manifest ?? MANIFEST, { allowOutside, cwd })
  const checklist = await loadChecklist(
    request.checklist ?? (existsSync(path.join(cwd, CHECKLIST)) ? CHECKLIST : 'default'),
    { defaultPath: path.join(context.packageRoot, CHECKLIST), checks: CHECKS, cwd },
  )
  return {
    item: knownItem(id, checklist),
    manifest,
    today: now ?? context.now().toISOString().slice(0, 10),
    sha256: await modelDigest(manifest),
  }
}

function knownItem(id: string, { items }: Checklist): ChecklistItem {
  const found = items.find((item) => item.id === id)
  if (found !== undefined) return found
  const ids = items.map((item) => item.id)
  const meant = didYouMean(id, ids)
  const hint = meant === undefined ? `It has ${ids.join(', ')}.` : `Did you mean "${meant}"?`
  throw new UsageError(`the checklist has no item "${id}"`, { hint })
}

/** The digest that the record is bound to: of these bytes somebody speaks, of no others. */
async function modelDigest({ folder, model }: Manifest): Promise<string> {
  const location = { path: model.path }
  const files = await digestArtifact(path.resolve(folder, model.path))
  if (files === undefined) {
    const hint = 'Put the model where model.path says: the record is bound to its digest.'
    throw new InputError('there is no such model', { location, hint })
  }
  if (files.pointers.length > 0) {
    const hint = 'Fetch the model: the record is bound to the digest of its bytes.'
    throw new InputError('a pointer stands in the place of the model', { location, hint })
  }
  return files.sha256
}

function refuse(refusal: RecordRefusal | undefined): void {
  if (refusal !== undefined) throw new UsageError(refusal.message, { hint: refusal.hint })
}

/** The document as the file names it: relative to the manifest, whatever folder the command ran in. */
async function documentOf(
  evidence: string,
  { folder, repositoryRoot }: Manifest,
  { cwd }: RunContext,
): Promise<string> {
  if (isAddress(evidence)) return evidence
  const absolute = path.resolve(cwd, evidence)
  if (!isInside(repositoryRoot, absolute)) {
    const hint = 'Commit the document beside the project.'
    throw new UsageError(`${evidence} lies outside of the repository`, { hint })
  }
  const document = path.relative(folder, absolute).replaceAll(path.sep, '/')
  if ((await evidenceState(folder, document)) === 'found') return document
  const hint = 'Name a file of the repository with something in it.'
  throw new UsageError(`${evidence} is no such file, or is empty`, { hint })
}

async function extended(
  kind: RecordKind,
  manifest: Manifest,
  record: WrittenRecord,
  { cwd }: RunContext,
): Promise<PreparedRecord> {
  const project = path.relative(cwd, manifest.folder) || '.'
  const extendAgain = async () => {
    // What is there must be valid as a whole, documents included, before anything is added.
    await (kind === 'waivers' ? loadWaivers(project, cwd) : loadAttestations(project, cwd))
    return extendRecords(kind, project, record, cwd)
  }
  return { record, file: await extendAgain(), extendAgain }
}
