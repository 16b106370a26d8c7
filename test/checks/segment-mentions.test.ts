import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNamed, type NamedSegment } from '../../src/checks/segment-mentions.ts'
import { passagesOf } from '../../src/facts/document-passages.ts'

type Part = NamedSegment['parts'][number]

const region = (name: string): Part => ({ feature: 'region', level: { kind: 'value', name } })
const hour: Part = {
  feature: 'departure_hour',
  level: { kind: 'range', name: '16 to 18', low: 16, high: 18, before: 15, after: 19 },
}
const late: Part = {
  feature: 'departure_hour',
  level: { kind: 'range', name: 'from 19', low: 19, high: 23, before: 18, after: null },
}
const income: Part = {
  feature: 'income',
  level: {
    kind: 'range',
    name: 'up to 1234.56',
    low: 3,
    high: 1234.56,
    before: null,
    after: 1301.2,
  },
}
const noIncome: Part = { feature: 'income', level: { kind: 'missing', name: 'missing' } }

const names = (text: string, ...parts: readonly Part[]) => isNamed({ parts }, passagesOf(text))

test('a value is named beside its feature, whatever the spelling of the two', () => {
  assert.ok(names('In the region **South** half is wrong.', region('south')))
  assert.ok(names('`Region` = south_west', region('South-West')))
  assert.ok(!names('In the region north.', region('south')))
  assert.ok(!names('The southern regions.', region('south')))
  assert.ok(!names('south', region('south')))
})

test('what stands in another paragraph or another entry of a list names nothing', () => {
  assert.ok(!names('We looked at region.\n\nThe south is far.', region('south')))
  assert.ok(!names('- region\n- south', region('south')))
  assert.ok(names('- region:\n  south', region('south')))
})

test('a heading and the first row of a table belong to what stands below', () => {
  assert.ok(names('## Region\n\nThe south is worst.', region('south')))
  assert.ok(!names('## Region\n\nText.\n\n## Other\n\nThe south.', region('south')))
  const table = '| region | error |\n| --- | --- |\n| south | 45 % |\n| north | 3 % |'
  assert.ok(names(table, region('south')))
  assert.ok(!names(table.replace('south', 'west'), region('south')))
})

test('a range is named by its inner bounds, up to the next value outside', () => {
  for (const text of [
    '16-18',
    '16 to 18',
    'between 15 and 19',
    'from 16, below 19',
    '16–18',
    '[16, 18]',
  ]) {
    assert.ok(names(`departure_hour ${text}`, hour), text)
  }
  for (const text of ['17', '10 to 12', '16', '18']) {
    assert.ok(!names(`departure hour ${text}`, hour), text)
  }
  assert.ok(names('Departure hour of 19 and later', late))
  assert.ok(names('departure-hour > 18', late))
  assert.ok(!names('departure_hour in the evening', late))
})

test('a bound may be rounded to the digits that are printed, and to no other number', () => {
  for (const text of ['up to 1234.56', 'below 1234.6', '<= 1250', 'under 1300']) {
    assert.ok(names(`income ${text}`, income), text)
  }
  for (const text of ['up to 123', 'up to 1234567', 'below 1200', 'of 2']) {
    assert.ok(!names(`income ${text}`, income), text)
  }
})

test('a number in the name of a feature is no bound of it', () => {
  const part: Part = { ...late, feature: 'hour_19' }
  assert.ok(!names('hour_19 is odd', part))
  assert.ok(names('hour_19 from 19', part))
})

test('missing values are named by any usual word for them', () => {
  assert.ok(names('Rows without income: missing values.', noIncome))
  assert.ok(names('income is null', noIncome))
  assert.ok(!names('income is high', noIncome))
})

test('a segment of two features needs both in one passage', () => {
  assert.ok(names('region south with departure_hour from 19', region('south'), late))
  assert.ok(!names('region south\n\ndeparture_hour from 19', region('south'), late))
})
