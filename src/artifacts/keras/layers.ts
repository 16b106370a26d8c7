import { jsonValue } from '../json/object-value.ts'
import { member, textMember } from '../json/read-json.ts'
import type { ArrayFacts, ObjectFacts, ObjectStep, ObjectValue } from '../object-facts.ts'

/** The weights of one layer by name: `mean`, `variance`, `count`; `undefined` where there are none. */
export type LayerWeights = (
  layer: string,
  names: readonly string[],
) => Readonly<Record<string, ArrayFacts>> | undefined

/**
 * A Keras model from its configuration: its layers with what they were told, and the weights of the
 * layers that normalise.
 *
 * @param config - the value of `config.json` or of the attribute `model_config`.
 */
export function modelObject(config: unknown, weightsOf: LayerWeights): ObjectFacts {
  const layers = layersOf(config)
  const inputs = layers.filter((layer) => textMember(layer, 'class_name') === 'InputLayer')
  const widths = inputs.map(inputWidth)
  const isNamed = inputs.length > 1 && widths.every((width) => width === 1)
  const total = widths.reduce<number>((sum, width) => sum + (width ?? Number.NaN), 0)
  return {
    kind: 'object',
    class: classOf(config),
    fitted: true,
    features: isNamed ? inputs.map(nameOf) : null,
    featureCount: inputs.length > 0 && Number.isSafeInteger(total) ? total : null,
    parameters: { name: textMember(member(config, 'config'), 'name') ?? null },
    steps: layers.map((layer) => layerStep(layer, weightsOf)),
  }
}

function layersOf(config: unknown): readonly unknown[] {
  const inner = member(config, 'config')
  // The first versions stored the layers of a sequence as a bare list.
  const layers = Array.isArray(inner) ? (inner as readonly unknown[]) : member(inner, 'layers')
  return Array.isArray(layers) ? (layers as readonly unknown[]) : []
}

function layerStep(layer: unknown, weightsOf: LayerWeights): ObjectStep {
  const name = nameOf(layer)
  const isModel = layersOf(layer).length > 0
  const object = isModel ? modelObject(layer, weightsOf) : layerObject(layer, name, weightsOf)
  return { name, role: 'sequence', columns: null, object }
}

/** The names of the weights of the layers that normalise, in the order of Keras. */
function weightNames(kind: string, config: unknown): readonly string[] {
  if (kind === 'Normalization') return ['mean', 'variance', 'count']
  if (kind !== 'BatchNormalization') return []
  const gamma = member(config, 'scale') === false ? [] : ['gamma']
  const beta = member(config, 'center') === false ? [] : ['beta']
  return [...gamma, ...beta, 'moving_mean', 'moving_variance']
}

function layerObject(layer: unknown, name: string, weightsOf: LayerWeights): ObjectFacts {
  const config = member(layer, 'config')
  const settings = Object.entries((config ?? {}) as Readonly<Record<string, unknown>>)
  const plain = settings.map(([key, value]): [string, ObjectValue] => [key, settingOf(value)])
  const names = weightNames(textMember(layer, 'class_name') ?? '', config)
  const weights = names.length === 0 ? undefined : weightsOf(name, names)
  const given = member(config, 'mean')
  const width =
    lastSize(member(member(layer, 'build_config'), 'input_shape')) ??
    // Files of the old format keep no shapes; a mean for each column tells how many there are.
    weights?.['mean']?.shape.at(-1) ??
    null
  return {
    kind: 'object',
    class: classOf(layer),
    // A layer that was given its mean has nothing to learn; another one has weights when it has.
    fitted: names.length === 0 ? null : weights !== undefined || (given ?? null) !== null,
    features: null,
    featureCount: width,
    parameters: { ...Object.fromEntries(plain), ...weights },
    steps: [],
  }
}

/** Of an object in the settings, such as an initializer, the class is told. */
function settingOf(value: unknown): ObjectValue {
  const isObject = textMember(value, 'class_name') !== undefined
  return isObject ? { kind: 'opaque', class: classOf(value) } : jsonValue(value)
}

function classOf(value: unknown): string {
  const name = textMember(value, 'class_name') ?? 'unknown'
  const module = textMember(value, 'module')
  if (module === undefined) return textMember(value, 'registered_name') ?? legacyClass(name)
  return `${module}.${name}`
}

const MODELS = new Set(['Functional', 'Model', 'Sequential'])

/** The old format names classes alone. */
function legacyClass(name: string): string {
  return MODELS.has(name) ? `keras.${name}` : `keras.layers.${name}`
}

function nameOf(layer: unknown): string {
  return textMember(member(layer, 'config'), 'name') ?? textMember(layer, 'name') ?? ''
}

/** How many numbers a row has at an input; `null` when that is open. */
function inputWidth(layer: unknown): number | null {
  const config = member(layer, 'config')
  return lastSize(member(config, 'batch_shape') ?? member(config, 'batch_input_shape'))
}

function lastSize(shape: unknown): number | null {
  if (!Array.isArray(shape) || shape.length !== 2) return null
  const size: unknown = shape[1]
  return typeof size === 'number' && size > 0 ? size : null
}
