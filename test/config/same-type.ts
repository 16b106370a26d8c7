import type { JsonValue } from '../../src/core/evidence.ts'

/** Compares a declared type with one that was inferred from a schema; only `readonly` is no difference. */

/** The named keys, without the open-ended `<name>Reason`. */
type Named<T> = {
  [K in keyof T as string extends K ? never : K extends `${string}Reason` ? never : K]: T[K]
}

/** Every key required and marked, since a type that lacks an optional key is assignable all the same. */
type Marked<T> = {
  -readonly [K in keyof T]-?: [
    object extends Pick<T, K> ? 'optional' : 'required',
    Plain<Exclude<T[K], undefined>>,
  ]
}

type Plain<T> = Mutual<T, JsonValue> extends true ? 'any JSON' : PlainMember<T>

type PlainMember<T> = T extends readonly unknown[]
  ? { -readonly [K in keyof T]: Plain<T[K]> }
  : T extends object
    ? Marked<keyof Named<T> extends never ? T : Named<T>>
    : T

type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** `true` for types with the same keys, the same optional ones, and the same values under each. */
export type IsSame<A, B> = Mutual<Plain<A>, Plain<B>>
