import * as z from 'zod'
import { describeValue } from './describe-issue.ts'
import { isIsoDay, parseDays, parseDuration, parseSize, type Parsed } from './units.ts'

/** The pieces from which the schemas of the YAML files are made; every description shows up in editors. */

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S

/** An object with its keys in camelCase; which of them are optional is kept. */
export type CamelKeys<T> = { [K in keyof T as K extends string ? CamelCase<K> : K]: T[K] }

/** A block of known keys, snake_case in the file and camelCase once loaded. */
export function block<Shape extends z.ZodRawShape>(
  description: string,
  shape: Shape,
  refine: (value: z.output<z.ZodObject<Shape>>, context: z.RefinementCtx) => void = () => undefined,
) {
  return z
    .strictObject(shape)
    .superRefine((value, context) => {
      refine(value, context)
    })
    .describe(description)
    .transform((value) => camelKeys(value))
}

function camelKeys<T extends object>(value: T): CamelKeys<T> {
  const renamed = Object.entries(value).map(([key, each]): [string, unknown] => [
    key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    each,
  ])
  return Object.fromEntries(renamed) as CamelKeys<T>
}

/** Adds a problem at a key of the block that is being refined. */
export function problemAt(
  context: z.RefinementCtx,
  path: readonly (string | number)[],
  message: string,
): void {
  context.addIssue({ code: 'custom', path: [...path], message })
}

/** Adds a problem for every text of blanks alone; an empty one is refused by its type. */
export function refuseBlank(
  context: z.RefinementCtx,
  texts: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(texts)) {
    if (value !== '' && value.trim() === '') problemAt(context, [key], `\`${key}\` is blank`)
  }
}

export function text(description: string) {
  return z.string().min(1).describe(description)
}

/** The schemas whose values are paths of files and must stay inside of the repository. */
const paths = z.registry<{ readonly isPath: true }>()

export function isPathSchema(schema: z.core.$ZodType): boolean {
  return paths.has(schema)
}

export function filePath(description: string) {
  const schema = z
    .string()
    .min(1)
    .regex(/^(?![A-Za-z][A-Za-z0-9+.-]+:\/\/)/, {
      error: 'expected a path: addresses are not read, because everything is checked offline',
    })
    .describe(description)
  paths.add(schema, { isPath: true })
  return schema
}

export function filePaths(description: string) {
  return z.array(filePath(description)).min(1).describe(description)
}

interface Quantity {
  readonly parse: (written: string) => Parsed
  readonly expected: string
  readonly pattern: RegExp
}

function quantity({ parse, expected, pattern }: Quantity, description: string) {
  return z
    .string({ error: ({ input }) => `expected ${expected}, found ${describeValue(input)}` })
    .meta({ description, pattern: pattern.source })
    .transform((written, context) => {
      const parsed = parse(written)
      if ('value' in parsed) return parsed.value
      context.addIssue({ code: 'custom', message: parsed.problem })
      return z.NEVER
    })
}

const SIZE: Quantity = {
  parse: parseSize,
  expected: 'a size with its unit, such as 50MiB',
  pattern: /^[0-9.]+([eE][0-9]+)?\s*([kKMGT]?B|[KMGT]iB)$/,
}

const DURATION: Quantity = {
  parse: parseDuration,
  expected: 'a duration with its unit, such as 50ms or 90d',
  pattern: /^[0-9.]+([eE][0-9]+)?\s*(ms|s|m|h|d|w)$/,
}

const DAYS: Quantity = {
  parse: parseDays,
  expected: 'whole days, such as 7d',
  pattern: /^[0-9]+\s*(d|w)$/,
}

/** Bytes. */
export function size(description: string) {
  return quantity(SIZE, description)
}

/** Milliseconds. */
export function duration(description: string) {
  return quantity(DURATION, description)
}

/** A whole number of days. */
export function days(description: string) {
  return quantity(DAYS, description)
}

export function isoDay(description: string) {
  return z
    .string()
    .refine(isIsoDay, {
      error: 'expected a day of the calendar, written like 2026-11-30',
      // Days are compared as text, which only holds for days.
      abort: true,
    })
    .meta({ description, format: 'date' })
}

export function sha256(description: string) {
  return z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, { error: 'expected a SHA-256 digest: 64 hexadecimal digits' })
    .describe(description)
    .transform((digest) => digest.toLowerCase())
}

export function share(description: string) {
  return z.number().min(0).max(1).describe(description)
}

export function count(description: string) {
  return z.int().min(0).describe(description)
}

/** Labels of a category; a number or truth value stands for its text. */
export function labels(description: string) {
  const label = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value))
  return z.array(label).min(1).describe(description)
}

export function range(description: string) {
  return z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low <= high, { error: 'the first number is larger than the second' })
    .describe(description)
}
