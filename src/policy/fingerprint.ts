import type { Finding } from '../core/finding.ts'

/** Texts that explain or measure; they may differ where the problem is the same. */
const EXPLAINING: ReadonlySet<string> = new Set([
  'known',
  'locked',
  'looked',
  'message',
  'otherSpecifier',
  'problem',
  'reason',
  'remedy',
  'said',
  'specifier',
  'stderr',
  'version',
  'written',
])

/** These name a thing even where the name looks like a day. */
const NAMING: ReadonlySet<string> = new Set(['column', 'feature', 'name'])

const DAY = /^\d{4}-\d\d-\d\d/
const LINE = /(:\d+)+$/

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

/**
 * What findings are about, each once: the code with every name among the arguments. Numbers, days, places
 * in a file and explanations are left out; each entry of a list is a subject of its own, so that a list
 * that has become shorter names nothing new.
 */
export function subjectKeys(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ code, args }) => {
      const named = Object.entries(args)
        .filter(([name]) => !EXPLAINING.has(name))
        .sort(([a], [b]) => (a < b ? -1 : 1))
      const one = [code, ...named.flatMap(([name, value]) => subject(name, value))].join('\t')
      const each = named.flatMap(([name, value]) =>
        Array.isArray(value) ? value.flatMap((entry) => subject(name, entry)) : [],
      )
      return each.length === 0 ? [one] : each.map((entry) => `${one}\t${entry}`)
    }),
  )
}

function subject(name: string, value: unknown): readonly string[] {
  if (typeof value !== 'string') return []
  if (NAMING.has(name)) return [`${name}=${value}`]
  return DAY.test(value) ? [] : [`${name}=${value.replace(LINE, '')}`]
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
