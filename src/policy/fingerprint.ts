import type { Finding } from '../core/finding.ts'

/** The arguments that say what a finding is about; all others are measurements. */
const SUBJECT_ARGS = ['column', 'feature'] as const

/**
 * A name for "the same problem in the next run": it depends on the id and on what the findings are about,
 * not on measured values, their order or line numbers.
 *
 * @param id of the item or column
 * @returns 16 hexadecimal digits
 */
export function fingerprint(id: string, findings: readonly Finding[]): string {
  return fnv1a([id, ...[...subjectKeys(findings)].sort()].join('\n'))
}

/** What findings are about, each once: their codes with the column or feature that they name. */
export function subjectKeys(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(
    findings.map(({ code, args }) =>
      [code, ...SUBJECT_ARGS.map((name) => text(args[name]))].join('\t'),
    ),
  )
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const OFFSET_BASIS = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n

/**
 * FNV-1a with 64 bits over the UTF-8 bytes. It tells apart, it does not protect: what must not be forged
 * carries a SHA-256 digest.
 */
function fnv1a(input: string): string {
  let hash = OFFSET_BASIS
  for (const byte of new TextEncoder().encode(input)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME)
  }
  return hash.toString(16).padStart(16, '0')
}
