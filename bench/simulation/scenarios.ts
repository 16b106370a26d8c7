import type { Random } from '../../src/stats/random.ts'
import type { Feature } from './features.ts'

/** A change of the current side; `undefined` is a missing value. */
export interface Scenario {
  readonly id: string
  readonly title: string
  /** Whether the change acts on a feature. */
  readonly acts: (feature: Feature) => boolean
  readonly change: (value: number, feature: Feature, random: Random) => number | undefined
}

const ONE_NUMBER = 'normal-10'
const ONE_CATEGORY = 'categories-5'
/** Columns without a bound that a shift could break, which would be drift of another kind. */
const SHIFTED = new Set([
  'normal-0.01',
  'normal-1',
  'normal-10',
  'normal-200',
  'lognormal-1',
  'lognormal-1.5',
  't-2',
  't-3',
  'rounded',
])
/** A category that no feature has. */
const NEW_CATEGORY = 99

const isOne = ({ name }: Feature): boolean => name === ONE_NUMBER
const isShifted = ({ name }: Feature): boolean => SHIFTED.has(name)
const isSpread = (feature: Feature): boolean => isShifted(feature) && feature.name !== 'rounded'
const isNumber = ({ type }: Feature): boolean => type !== 'category'

function shifted(by: number): Scenario['change'] {
  return (value, feature) => {
    if (feature.isLogarithmic === true) return value * Math.exp(by * feature.deviation)
    return value + by * feature.deviation
  }
}

function spread(factor: number): Scenario['change'] {
  return (value, { centre, isLogarithmic }) =>
    isLogarithmic === true ? value ** factor : centre + (value - centre) * factor
}

const otherUnit: Scenario['change'] = (value, _, random) =>
  random.next() < 0.01 ? value * 100 : value

const newCategory: Scenario['change'] = (value, _, random) =>
  random.next() < 0.02 ? NEW_CATEGORY : value

const lost: Scenario['change'] = (value, _, random) => (random.next() < 0.03 ? undefined : value)

/** The changes of the table, beginning with none. */
export const SCENARIOS: readonly Scenario[] = [
  { id: 'none', title: 'no drift', acts: () => false, change: (value) => value },
  { id: 'harmless', title: 'mean 0.02 sd, 9 features', acts: isShifted, change: shifted(0.02) },
  { id: 'mean-1', title: 'mean 0.1 sd, 1 feature', acts: isOne, change: shifted(0.1) },
  { id: 'mean-9', title: 'mean 0.1 sd, 9 features', acts: isShifted, change: shifted(0.1) },
  {
    id: 'spread-1',
    title: 'variance x1.2, 1 feature',
    acts: isOne,
    change: spread(Math.sqrt(1.2)),
  },
  {
    id: 'spread-8',
    title: 'variance x1.2, 8 features',
    acts: isSpread,
    change: spread(Math.sqrt(1.2)),
  },
  { id: 'unit-1', title: '1 % of rows x100, 1 feature', acts: isOne, change: otherUnit },
  { id: 'unit-17', title: '1 % of rows x100, 17 features', acts: isNumber, change: otherUnit },
  {
    id: 'category',
    title: 'new category in 2 % of rows, 1 feature',
    acts: ({ name }) => name === ONE_CATEGORY,
    change: newCategory,
  },
  { id: 'missing-1', title: 'missing 0 to 3 %, 1 feature', acts: isOne, change: lost },
  { id: 'missing-20', title: 'missing 0 to 3 %, all features', acts: () => true, change: lost },
]
