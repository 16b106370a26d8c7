import type { JsonValue } from '../../core/evidence.ts'
import type { Flag, FlagVariant } from './flag.ts'

/** Names by which the two models may go. */
export interface ModelNames {
  /** Version, file name or digest of the model that is to be released. */
  readonly candidate: readonly string[]
  /** The same of the model that serves now. */
  readonly previous: readonly string[]
}

/** Which model a variant stands for. */
export type VariantModel = 'candidate' | 'previous' | 'unknown'

/** What people call the two without a version. */
const BY_CONVENTION: Readonly<Record<Exclude<VariantModel, 'unknown'>, RegExp>> = {
  candidate: /^(new|candidate|challenger|canary|treatment|on|true|enabled)$/i,
  previous: /^(old|current|previous|stable|control|champion|baseline|off|false|disabled)$/i,
}

/**
 * The model that a variant stands for: by a version in its value or name, then by what such variants
 * are called (`on`, `control`). A text with a version of neither model is unknown.
 */
export function modelOf({ name, value }: FlagVariant, names: ModelNames): VariantModel {
  const texts = [...textsIn(value), name]
  const isNamed = (versions: readonly string[]) =>
    versions.some((version) => texts.some((text) => mentions(text, version)))
  const [isNew, isOld] = [isNamed(names.candidate), isNamed(names.previous)]
  if (isNew !== isOld) return isNew ? 'candidate' : 'previous'
  if (isNew && isOld) return 'unknown'
  // `new: credit-v9` names a version, and it is neither of the two.
  if (texts.some((text) => /\d/.test(text))) return 'unknown'
  const words = typeof value === 'boolean' ? [String(value), name] : [name, ...textsIn(value)]
  if (words.some((word) => BY_CONVENTION.candidate.test(word))) return 'candidate'
  return words.some((word) => BY_CONVENTION.previous.test(word)) ? 'previous' : 'unknown'
}

/** The model of a variant by its name; Unleash's `disabled` is what serves now. */
export function modelNamed(flag: Flag, name: string, names: ModelNames): VariantModel {
  const variant = flag.variants.find((each) => each.name === name)
  if (variant !== undefined) return modelOf(variant, names)
  return flag.format === 'unleash' && name === 'disabled' ? 'previous' : 'unknown'
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  const parts: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value)
  return parts.flatMap(textsIn)
}

/** Whether a text has a version as a whole: `v1.2` is not in `v1.21`. */
function mentions(text: string, version: string): boolean {
  if (version === '') return false
  const escaped = version.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w.])v?${escaped}(?![\\w]|\\.\\d)`, 'i').test(text)
}
