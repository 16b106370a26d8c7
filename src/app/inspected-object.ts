import type { ArrayFacts, ObjectFacts, ObjectStep, ObjectValue } from '../artifacts/object-facts.ts'
import type { JsonValue } from '../core/evidence.ts'
import type { InspectedObject, InspectedStep } from '../core/inspected-file.ts'

/** How many elements a file may still list; a report of millions of numbers is read by nobody. */
interface Room {
  left: number
}

type Reasons = Record<string, string>

/**
 * An object as JSON can hold it: a number that is not finite is `null`, and `<name>Reason` says what it
 * was.
 *
 * @param listed - how many elements of arrays are listed in all; the others are told by their digest.
 */
export function inspectedObject(object: ObjectFacts, listed: number): InspectedObject {
  return objectOf(object, { left: listed })
}

function objectOf(
  { class: name, fitted, features, featureCount, parameters, steps }: ObjectFacts,
  room: Room,
): InspectedObject {
  return {
    class: name,
    fitted,
    features,
    featureCount,
    parameters: recordOf(parameters, room),
    steps: steps.map((step) => stepOf(step, room)),
  }
}

function stepOf({ name, role, columns, object }: ObjectStep, room: Room): InspectedStep {
  return {
    name,
    role,
    columns,
    object: typeof object === 'string' ? object : objectOf(object, room),
  }
}

function recordOf(
  values: Readonly<Record<string, ObjectValue>>,
  room: Room,
): Readonly<Record<string, JsonValue>> {
  const entries: [string, JsonValue][] = []
  for (const [name, value] of Object.entries(values)) {
    const reasons: Reasons = {}
    entries.push([name, jsonOf(value, room, reasons, '')])
    const places = Object.keys(reasons)
    if (places.length > 0) entries.push([`${name}Reason`, reasons[''] ?? reasons])
  }
  return Object.fromEntries(entries)
}

/** @param reasons - takes why a value is `null`, by its place in the list that holds it. */
function jsonOf(value: ObjectValue, room: Room, reasons: Reasons, place: string): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'bigint') {
    reasons[place] = 'an integer beyond 2^53, as text'
    return String(value)
  }
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
    reasons[place] = Number.isNaN(value) ? 'nan' : value > 0 ? 'infinity' : '-infinity'
    return null
  }
  if (isList(value)) {
    return value.map((each, index) => {
      const inner = place === '' ? String(index) : `${place}.${String(index)}`
      return jsonOf(each, room, reasons, inner)
    })
  }
  if (value.kind === 'opaque') return { class: value.class }
  if (value.kind === 'array') return arrayOf(value, room)
  if (value.class === 'dict') return recordOf(value.parameters, room)
  return { ...objectOf(value, room) } as unknown as JsonValue
}

function arrayOf(array: ArrayFacts, room: Room): JsonValue {
  const { dtype, shape, sha256 } = array
  const digest = sha256 === null ? {} : { sha256 }
  const count = shape.reduce((product, size) => product * size, 1)
  const values = count > room.left ? null : array.values
  if (values === null) {
    const reason = sha256 === null ? 'not read' : 'too many to list'
    return { dtype, shape, values: null, valuesReason: reason, ...digest }
  }
  room.left -= values.length
  return { dtype, shape, ...recordOf({ values }, room), ...digest }
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: ObjectValue): value is readonly ObjectValue[] {
  return Array.isArray(value)
}
