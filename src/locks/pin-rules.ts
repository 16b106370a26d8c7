import type { FindingCode } from '../core/finding.ts'
import type { VersionRules } from './version-rules.ts'
import { parseMarker } from './marker.ts'
import type { PinState, Requirement } from './requirement.ts'

export interface PinVerdict {
  readonly pinned: PinState
  readonly code: FindingCode
}

const DIGEST_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }
const WEAK = ['md5', 'sha1', 'sha224']
const VARIABLE = /\$\{[A-Z0-9_]+\}/
const COMMIT = /^[0-9a-f]{40}$/i

/**
 * How exactly one requirement is pinned. Stricter than pip's own test, which calls `==1.4.*` pinned:
 * one `==` with a full version or `===`; an archive with a digest; a repository at a full commit, which
 * pip cannot verify and which is therefore a warning.
 *
 * Source: PEP 440, PEP 508, pip documentation "Secure installs" and "Requirements File Format".
 */
export function judgePin(requirement: Requirement, versions: VersionRules): PinVerdict {
  if (requirement.marker !== undefined && parseMarker(requirement.marker) === undefined) {
    return no('REQUIREMENT_MARKER_INVALID')
  }
  const hashes = judgeHashes(requirement.hashes)
  if (hashes !== undefined && hashes.pinned === 'no') return hashes
  const isHashed = hashes !== undefined
  switch (requirement.kind) {
    case 'invalid':
      return no('REQUIREMENT_INVALID')
    case 'vcs':
      return judgeRepository(requirement)
    case 'local':
      return no(requirement.editable ? 'REQUIREMENT_EDITABLE' : 'REQUIREMENT_LOCAL_PATH')
    case 'archive':
      if (requirement.editable) return no('REQUIREMENT_EDITABLE')
      return isHashed ? HASHED : judgeArchive(requirement.specifier)
    case 'index': {
      const version = judgeSpecifier(requirement.specifier, versions)
      return version.pinned === 'yes' && isHashed ? HASHED : version
    }
  }
}

const HASHED: PinVerdict = { pinned: 'hashed', code: 'REQUIREMENT_HASHED' }

function no(code: FindingCode): PinVerdict {
  return { pinned: 'no', code }
}

/** Whether version specifiers name exactly one version. */
export function judgeSpecifier(specifier: string, versions: VersionRules): PinVerdict {
  if (specifier === '') return no('REQUIREMENT_UNPINNED')
  if (VARIABLE.test(specifier)) return no('REQUIREMENT_VARIABLE')
  const parts = specifier
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const parsed = parts.map((part) => /^(===|==|~=|!=|<=|>=|<|>)\s*([^\s=<>~;]+)$/.exec(part))
  if (parsed.length === 0 || parsed.includes(null)) return no('REQUIREMENT_INVALID')
  const [, operator, version = ''] = parsed[0] ?? []
  const exact = operator === '==' || operator === '==='
  if (parts.length > 1) return no('REQUIREMENT_SEVERAL_SPECIFIERS')
  if (!exact) return no('REQUIREMENT_RANGE')
  if (version.endsWith('.*')) return no('REQUIREMENT_WILDCARD')
  if (operator === '===') return { pinned: 'yes', code: 'REQUIREMENT_PINNED' }
  if (versions.valid(version) === null) return no('REQUIREMENT_INVALID')
  return { pinned: 'yes', code: 'REQUIREMENT_PINNED' }
}

function judgeHashes(hashes: readonly string[]): PinVerdict | undefined {
  if (hashes.length === 0) return undefined
  for (const hash of hashes) {
    const [algorithm = '', digest = ''] = hash.split(':')
    if (WEAK.includes(algorithm.toLowerCase())) return no('REQUIREMENT_WEAK_HASH')
    const length = Object.hasOwn(DIGEST_LENGTH, algorithm) ? DIGEST_LENGTH[algorithm] : undefined
    if (length === undefined || digest.length !== length || !/^[0-9a-f]+$/i.test(digest)) {
      return no('REQUIREMENT_HASH_INVALID')
    }
  }
  return HASHED
}

function judgeArchive(url: string): PinVerdict {
  const fragment = url.includes('#') ? url.slice(url.indexOf('#') + 1).split('&') : []
  const digests = fragment.filter((part) => /^(md5|sha1|sha224|sha256|sha384|sha512)=/i.test(part))
  if (digests.length === 0) {
    return no(
      VARIABLE.test(url.split('#')[0]?.split('@').at(-1) ?? '')
        ? 'REQUIREMENT_VARIABLE'
        : 'REQUIREMENT_URL_WITHOUT_HASH',
    )
  }
  const verdict = judgeHashes(digests.map((digest) => digest.replace('=', ':')))
  // pip still verifies an old fragment, so the bytes are bound, if weakly.
  if (verdict?.code === 'REQUIREMENT_WEAK_HASH') {
    return { pinned: 'warn', code: 'REQUIREMENT_URL_WEAK_HASH' }
  }
  return verdict ?? HASHED
}

function judgeRepository(requirement: Requirement): PinVerdict {
  const address = requirement.specifier.split('#')[0]?.split('?')[0] ?? ''
  const path = address.slice(address.indexOf('://') + 3).replace(/^[^/]*/, '')
  const revision = path.includes('@') ? path.slice(path.lastIndexOf('@') + 1) : ''
  if (VARIABLE.test(revision)) return no('REQUIREMENT_VARIABLE')
  return COMMIT.test(revision)
    ? { pinned: 'warn', code: 'REQUIREMENT_VCS_COMMIT' }
    : no('REQUIREMENT_VCS_NOT_COMMIT')
}
