/** Inputs of reference-value files: arrays written out, or made by a generator with exact transforms. */

export interface GeneratorSpec {
  readonly kind: string
  readonly seed: number
  readonly n: number
  readonly a?: number
  readonly b?: number
  readonly k?: number
  readonly p?: number
}

/** Draws of the linear congruential generator of the reference-value files, in (0, 1). */
export function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}

function needed(value: number | undefined, name: string): number {
  if (value === undefined) throw new Error(`the generator needs "${name}"`)
  return value
}

function transform(spec: GeneratorSpec, draw: () => number): () => number {
  switch (spec.kind) {
    case 'uniform':
      return draw
    case 'irwinhall':
      return () => {
        let sum = 0
        for (let i = 0; i < 12; i++) sum += draw()
        return sum - 6
      }
    case 'pareto2':
      return () => 1 / Math.sqrt(draw())
    case 'odds':
      return () => {
        const u = draw()
        return u / (1 - u)
      }
    case 'square':
      return () => {
        const u = draw()
        return u * u
      }
    case 'int': {
      const k = needed(spec.k, 'k')
      return () => Math.floor(draw() * k)
    }
    case 'bern': {
      const p = needed(spec.p, 'p')
      return () => (draw() < p ? 1 : 0)
    }
    case 'zeroinf': {
      const p = needed(spec.p, 'p')
      return () => {
        const u = draw()
        const w = draw()
        return u < p ? 0 : w / (1 - w)
      }
    }
    default:
      throw new Error(`unknown generator: ${spec.kind}`)
  }
}

function generate(spec: GeneratorSpec): number[] {
  const { a = 0, b = 1 } = spec
  const next = transform(spec, lcg(spec.seed))
  return Array.from({ length: spec.n }, () => a + b * next())
}

const SPECIAL: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
}

/** A value of a file with generated arrays filled in and the strings for NaN and infinities read. */
export function readInput(value: unknown): unknown {
  if (typeof value === 'string') return SPECIAL[value] ?? value
  if (Array.isArray(value)) return value.map(readInput)
  if (typeof value !== 'object' || value === null) return value
  if ('gen' in value) return generate(value.gen as GeneratorSpec)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readInput(inner)]))
}
