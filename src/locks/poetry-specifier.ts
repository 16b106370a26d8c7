/**
 * A version constraint of Poetry as specifiers of PEP 440: `^1.2` is `>=1.2,<2`, `~1.2` is `>=1.2,<1.3`,
 * a bare version is that version.
 *
 * @returns `undefined` for alternatives (`||`), which PEP 440 cannot say.
 */
export function poetrySpecifier(constraint: string): string | undefined {
  if (constraint.includes('|')) return undefined
  const parts = constraint
    .replace(/([\^~<>=!])\s+/g, '$1')
    .split(/[,\s]+/)
    .filter((part) => part !== '' && part !== '*')
  return parts.map(one).join(',')
}

/** A range of Python as Poetry writes it, its alternatives kept apart by `||`. */
export function poetryPython(constraint: string): string {
  const alternatives = constraint.split(/\|\|?/).map((each) => poetrySpecifier(each) ?? '')
  return alternatives.includes('') ? '' : alternatives.join(' || ')
}

function one(part: string): string {
  const [, sign = '', version = ''] = /^(\^|~(?!=)|[<>=!~]*)(.*)$/.exec(part) ?? []
  const numbers = version.split(/[^0-9]+/).filter((text) => text !== '')
  if (sign === '^') {
    const significant = numbers.findIndex((text) => Number(text) > 0)
    const at = significant === -1 ? numbers.length - 1 : significant
    return `>=${version},<${next(numbers, at)}`
  }
  if (sign === '~') return `>=${version},<${next(numbers, Math.min(1, numbers.length - 1))}`
  if (sign === '') return `==${version}`
  return sign === '=' ? `==${version}` : part
}

function next(numbers: readonly string[], at: number): string {
  return [...numbers.slice(0, at), String(Number(numbers[at] ?? '0') + 1)].join('.')
}
