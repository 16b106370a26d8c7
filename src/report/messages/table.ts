import type { Messages } from './message.ts'

/** What readers notice while a table is read. */
export const tableMessages: Messages = {
  NOTHING_COMPARED: {
    text: 'Nothing was compared: {reason}.',
    remedy: 'Give two tables with rows and columns in common.',
    explain: 'An empty side or no common column ends with exit code 4, which is not a pass.',
  },
  TYPE_CHANGED: {
    text: 'The type of {column} is {current}, expected {reference}.',
    remedy:
      'Write the column with the expected type, or set its type where the change is intended.',
    explain:
      'The reference, the manifest or a setting fixes the type of a column. A number that became a text is the usual sign of a broken export.',
  },
  VALUES_UNPARSABLE: {
    text: '{count:count} of {rows:value} of {column} cannot be read as {type}: {first:places}.',
    remedy:
      'Repair these values, or list them among the missing tokens (csv.missing in mlcheck.yaml).',
    explain: 'A value that does not fit its type counts as missing and is reported, never as NaN.',
  },
  COLUMN_UNSUPPORTED: {
    text: '{column} is not compared: nested and binary types are not supported.',
    remedy: 'Store its parts as plain columns, or set its role to ignore.',
    explain: 'Such a column is listed and not verified; it is never dropped in silence.',
  },
  COLUMN_UNREADABLE: {
    text: '{column} cannot be read: {reason}.',
    remedy: 'Write the file again, or set the role of the column to ignore.',
  },
  BOOLEAN_SPELLINGS_MIXED: {
    text: '{column} spells true and false in several ways: {spellings:list}.',
    remedy: 'Write one spelling; the values are compared as true and false.',
  },
  DECIMAL_COMMA_SUSPECTED: {
    text: '{count:count} of {rows:value} of {column} look like numbers with a decimal comma.',
    remedy: 'Set csv.decimal to "," in mlcheck.yaml.',
    explain: 'As it stands the column is read as text and compared as labels.',
  },
  DATETIME_FORMATS_MIXED: {
    text: '{count:count} of {rows:value} of {column} are dates or times, the others are not.',
    remedy: 'Write all of them in one ISO 8601 form.',
    explain: 'As it stands the column is read as text and compared as labels.',
  },
}
