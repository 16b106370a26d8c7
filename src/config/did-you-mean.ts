const LONGEST = 80

/**
 * The candidate that a misspelt name most likely means, or `undefined` when none is near. Letter case
 * and the choice between `-` and `_` count as no difference.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined
  const wanted = fold(name)
  let best: string | undefined
  // A third of the letters, and of a single letter none: everything is one letter away from it.
  let least = Math.min(Math.max(1, Math.floor(name.length / 3)), name.length - 1) + 1
  for (const candidate of candidates) {
    if (candidate.length > LONGEST) continue
    const distance = damerauLevenshtein(wanted, fold(candidate))
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[_\s]/g, '-')
}

/**
 * Insertions, deletions, substitutions and exchanges of neighbours between two words (optimal string
 * alignment). O(length × length).
 */
export function damerauLevenshtein(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let distance = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + cost,
      )
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) distance = Math.min(distance, (beforeLast[column - 2] as number) + 1)
      current.push(distance)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] as number
}
