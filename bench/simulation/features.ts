import type { Random } from '../../src/stats/random.ts'

/** A law from which a column is drawn, and what a shift of it by one standard deviation means. */
export interface Feature {
  readonly name: string
  readonly type: 'number' | 'integer' | 'category'
  draw(random: Random): number
  /** What recording does to a value after it was drawn and changed. */
  readonly record?: (value: number) => number
  /** The standard deviation of `draw`, or of its logarithm for `isLogarithmic`. */
  readonly deviation: number
  readonly centre: number
  /** Shifts and spreads act on the logarithm. */
  readonly isLogarithmic?: boolean
}

/** A standard normal number (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

function exponential(random: Random): number {
  return -Math.log(1 - random.next())
}

function poisson(random: Random, mean: number): number {
  let count = 0
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count++
  return count
}

function studentT(random: Random, df: number): number {
  let squares = 0
  for (let i = 0; i < df; i++) squares += normal(random) ** 2
  return normal(random) / Math.sqrt(squares / df)
}

/** An index drawn with probabilities proportional to the weights. */
function weighted(random: Random, cumulative: readonly number[]): number {
  const target = random.next() * (cumulative.at(-1) ?? 0)
  const index = cumulative.findIndex((edge) => target < edge)
  return index < 0 ? cumulative.length - 1 : index
}

function cumulate(weights: readonly number[]): readonly number[] {
  let sum = 0
  return weights.map((weight) => (sum += weight))
}

const FIVE = cumulate([0.4, 0.25, 0.2, 0.1, 0.05])
const ZIPF = cumulate(Array.from({ length: 50 }, (_, i) => 1 / (i + 1)))

const scaled = (name: string, centre: number, deviation: number): Feature => ({
  name,
  type: 'number',
  draw: (random) => centre + deviation * normal(random),
  deviation,
  centre,
})

const logarithmic = (name: string, sigma: number): Feature => ({
  name,
  type: 'number',
  draw: (random) => Math.exp(sigma * normal(random)),
  deviation: sigma,
  centre: 0,
  isLogarithmic: true,
})

const other = (
  name: string,
  type: Feature['type'],
  draw: Feature['draw'],
  deviation = 1,
  centre = 0,
): Feature => ({ name, type, draw, deviation, centre })

/** Twenty columns as they occur in tables: scales, tails, ties, zeros, categories. */
export const FEATURES: readonly Feature[] = [
  scaled('normal-0.01', 0.05, 0.01),
  scaled('normal-1', 0, 1),
  scaled('normal-10', 50, 10),
  scaled('normal-200', 1000, 200),
  logarithmic('lognormal-1', 1),
  logarithmic('lognormal-1.5', 1.5),
  other('gamma-0.5', 'number', (random) => normal(random) ** 2 / 2, Math.SQRT1_2, 0.5),
  other('t-2', 'number', (random) => normal(random) / Math.sqrt(exponential(random))),
  other('pareto-1.5', 'number', (random) => (1 - random.next()) ** (-1 / 1.5)),
  other('t-3', 'number', (random) => studentT(random, 3), Math.sqrt(3)),
  other('poisson-3', 'integer', (random) => poisson(random, 3), Math.sqrt(3), 3),
  other('poisson-0.2', 'integer', (random) => poisson(random, 0.2), Math.sqrt(0.2), 0.2),
  other('geometric', 'integer', (random) => Math.floor(exponential(random) / -Math.log(0.7))),
  other('zeros', 'number', (random) => (random.next() < 0.9 ? 0 : exponential(random))),
  other('uniform', 'number', (random) => random.next(), Math.sqrt(1 / 12), 0.5),
  other('integers', 'integer', (random) => random.integer(1001), Math.sqrt(1001 ** 2 / 12), 500),
  { ...scaled('rounded', 0, 1), record: (value) => Math.round(10 * value) / 10 },
  other('categories-5', 'category', (random) => weighted(random, FIVE)),
  other('zipf-50', 'category', (random) => weighted(random, ZIPF)),
  other('binary', 'category', (random) => (random.next() < 0.3 ? 1 : 0)),
]
