/** The order of an object's keys; `each` describes the elements of a list or of a free record. */
export interface Shape {
  readonly keys?: readonly string[]
  readonly children?: Readonly<Record<string, Shape>>
  readonly each?: Shape
}

const FREE: Shape = {}
const REASON = 'Reason'

/**
 * A copy of a JSON value with the keys of its objects in the order of `shape`. `<name>Reason`
 * follows `<name>`; keys that the shape does not name come last, as they came.
 *
 * @throws TypeError for a number that is not finite and for anything else that JSON cannot hold:
 * `JSON.stringify` would write `null` or nothing and hide the defect.
 */
export function inOrder(value: unknown, shape: Shape, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) =>
      inOrder(element, shape.each ?? FREE, `${path}[${String(index)}]`),
    )
  }
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      orderOf(record, shape.keys ?? []).map((key) => [
        key,
        inOrder(record[key], shape.children?.[key] ?? shape.each ?? FREE, `${path}.${key}`),
      ]),
    )
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${path} is ${String(value)}, which a result must not hold`)
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
  throw new TypeError(`${path} is a ${typeof value}, which JSON cannot hold`)
}

function orderOf(record: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  // A key whose value is undefined is a key that is not there, as for JSON.stringify.
  const present = Object.keys(record).filter((key) => record[key] !== undefined)
  const named = known.filter((key) => present.includes(key))
  const others = present.filter((key) => !known.includes(key))
  const placed = new Set<string>()
  const ordered: string[] = []
  for (const key of [...named, ...others]) {
    if (placed.has(key)) continue
    for (const next of [key, key + REASON]) {
      if (!present.includes(next) || placed.has(next)) continue
      ordered.push(next)
      placed.add(next)
    }
  }
  return ordered
}
