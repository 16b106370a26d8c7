import { cellBytes, cellText } from './cell-text.ts'
import type { CellTally, InferredType } from './cell-tally.ts'
import { inferType } from './cell-tally.ts'
import { datetimeReader } from './datetime.ts'
import { numberReader } from './numbers.ts'
import type {
  CellRules,
  DatetimeTextColumn,
  LabelTextColumn,
  NumericTextColumn,
  StoredAs,
  TextColumn,
} from './text-column.ts'
import { datetimeTextColumn, labelTextColumn, numberTextColumn } from './text-column.ts'

/** How the cells of a column are held so far. */
export type Store =
  | { readonly as: 'number'; readonly column: NumericTextColumn }
  | { readonly as: 'datetime'; readonly column: DatetimeTextColumn }
  | { readonly as: 'labels'; readonly column: LabelTextColumn }

/** A column whose type is not known beforehand: it is stored as its first value suggests. */
export interface InferringTextColumn extends TextColumn {
  /** What all cells together look like. */
  infer(): InferredType & { readonly tally: CellTally }
  /** It can be used as it is when the inferred type is stored the same way; `undefined` without values. */
  readonly store: Store | undefined
}

type MutableTally = { -readonly [K in keyof CellTally]: CellTally[K] } & {
  dates: { date: number; local: number; zoned: number }
}

const COMMA_NUMBER = /^[+-]?\d+,\d+$/

/**
 * Collects cells and what they look like. Texts are classified once each, however often they occur;
 * numbers and dates as they are read.
 */
export function inferringTextColumn(rules: CellRules): InferringTextColumn {
  const classifier = cellClassifier(rules)
  const misfits = emptyTally()
  let store: Store | undefined
  let leadingMissing = 0

  const open = (cell: string): Store => {
    const onMisfit = (misfit: string): void => {
      classifier.count(misfits, misfit, 1)
    }
    switch (classifier.storage(cell)) {
      case 'number':
        return { as: 'number', column: numberTextColumn(rules, onMisfit) }
      case 'datetime':
        return { as: 'datetime', column: datetimeTextColumn(rules, onMisfit) }
      case 'labels':
        return { as: 'labels', column: labelTextColumn(rules) }
    }
  }

  return {
    add: (bytes, start, end, line) => {
      if (store === undefined) {
        const cell = cellText(bytes, start, end)
        if (rules.missing.has(cell)) {
          leadingMissing++
          return
        }
        store = open(cell)
        const [token = ''] = rules.missing
        const missing = cellBytes(token)
        for (let row = 0; row < leadingMissing; row++) {
          store.column.add(missing, 0, missing.length, line)
        }
      }
      store.column.add(bytes, start, end, line)
    },
    infer: () => {
      const tally = store === undefined ? emptyTally() : tallyOf(store, misfits, classifier)
      return { ...inferType(tally), tally }
    },
    get store() {
      return store
    },
  }
}

function tallyOf(store: Store, misfits: MutableTally, classifier: CellClassifier): CellTally {
  switch (store.as) {
    case 'labels': {
      const tally = emptyTally()
      const counts = store.column.counts()
      store.column.labels.forEach((label, code) => {
        classifier.count(tally, label, counts[code] as number)
      })
      return tally
    }
    case 'number': {
      const { integer, decimal, infinite } = store.column.kinds
      return {
        ...misfits,
        valid: misfits.valid + integer + decimal + infinite,
        integers: integer,
        decimals: decimal,
        infinities: infinite,
      }
    }
    case 'datetime': {
      const { date, local, zoned } = store.column.layouts
      return {
        ...misfits,
        valid: misfits.valid + date + local + zoned,
        dates: { date, local, zoned },
      }
    }
  }
}

function emptyTally(): MutableTally {
  return {
    valid: 0,
    integers: 0,
    decimals: 0,
    infinities: 0,
    codes: 0,
    dates: { date: 0, local: 0, zoned: 0 },
    commaNumbers: 0,
  }
}

interface CellClassifier {
  /** Adds a text that occurs `times` times to a tally. */
  count(tally: MutableTally, text: string, times: number): void
  storage(text: string): StoredAs
}

function cellClassifier(rules: CellRules): CellClassifier {
  const numbers = numberReader(rules.decimal)
  const datetimes = datetimeReader()
  return {
    count: (tally, text, times) => {
      tally.valid += times
      switch (numbers.read(text)) {
        case 'integer':
          tally.integers += times
          return
        case 'decimal':
          tally.decimals += times
          return
        case 'infinite':
          tally.infinities += times
          return
        case 'code':
          tally.codes += times
          return
        case 'none': {
          const layout = datetimes.read(text)
          if (layout !== undefined) tally.dates[layout] += times
          else if (COMMA_NUMBER.test(text)) tally.commaNumbers += times
        }
      }
    },
    storage: (text) => {
      const kind = numbers.read(text)
      if (kind === 'none') return datetimes.read(text) === undefined ? 'labels' : 'datetime'
      return kind === 'code' ? 'labels' : 'number'
    },
  }
}
