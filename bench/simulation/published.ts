/**
 * What an independent simulation of the same design found before this program was written, with
 * other random numbers, another language and 2000 tables at 500 rows and 400 at 10,000: the design
 * table that the default rule was chosen by. Rates are as printed there: to a hundredth, or to a
 * thousandth where three digits stand.
 */
export interface PublishedCell {
  readonly fail: string
  readonly warnOrFail: string
  readonly noticeOrMore: string
}

/** The lines of a table of the page. */
export interface PublishedRow {
  readonly scenario: string
  /** Rates per size: 500 and 10,000 rows. */
  readonly cells: readonly [PublishedCell, PublishedCell]
  /**
   * The warnings that need no test are counted in the two wider rates. That simulation took a
   * factor of 10 for another unit, which heavy tails reach by chance in 5 % of the tables; the rule
   * takes 20, which they reach in about 2 %.
   */
  readonly countsFacts: boolean
}

export const PUBLISHED_REPLICATES: readonly [number, number] = [2000, 400]

const cell = (fail: string, warnOrFail = fail, noticeOrMore = warnOrFail): PublishedCell => ({
  fail,
  warnOrFail,
  noticeOrMore,
})

const row = (
  scenario: string,
  small: PublishedCell,
  large: PublishedCell,
  countsFacts = false,
): PublishedRow => ({ scenario, cells: [small, large], countsFacts })

export const PUBLISHED: readonly PublishedRow[] = [
  row('none', cell('.006'), cell('0', '.003')),
  row('harmless', cell('.006'), cell('0', '.003', '.09')),
  row('mean-1', cell('.016'), cell('0', '.20', '.98')),
  row('mean-9', cell('.09'), cell('0', '1.0')),
  row('spread-1', cell('.01'), cell('.03', '.39', '.58')),
  row('spread-8', cell('.03'), cell('.22', '.96', '.99')),
  row('unit-1', cell('.01', '.99'), cell('1.0'), true),
  row('unit-17', cell('.09', '1.0'), cell('1.0'), true),
  row('category', cell('.08', '.56'), cell('1.0'), true),
  row('missing-1', cell('.65'), cell('1.0')),
  row('missing-20', cell('1.0'), cell('1.0')),
]

/** What that simulation found for 20,000 reference rows and 1000 current ones, where it says so. */
export const PUBLISHED_UNEQUAL: readonly {
  readonly scenario: string
  readonly cell: Partial<PublishedCell>
  readonly countsFacts: boolean
}[] = [
  { scenario: 'none', cell: { fail: '0', warnOrFail: '.003' }, countsFacts: false },
  { scenario: 'mean-1', cell: { warnOrFail: '.14', noticeOrMore: '.14' }, countsFacts: false },
  { scenario: 'unit-1', cell: { fail: '.76', warnOrFail: '1.0' }, countsFacts: true },
  { scenario: 'category', cell: { fail: '1.0' }, countsFacts: true },
  { scenario: 'missing-1', cell: { fail: '1.0' }, countsFacts: false },
]

/** Tables behind each of those rates. */
export const PUBLISHED_UNEQUAL_REPLICATES = 400
