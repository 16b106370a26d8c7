import { member, textMember } from '../json/read-json.ts'

/** What a Keras configuration asks its loader to import or run. */
export interface ConfigObjects {
  /** `module.name` of every class and function that it names. */
  readonly globals: ReadonlySet<string>
  /** Names of layers and functions that hold Python code of their own. */
  readonly code: ReadonlySet<string>
  /** Classes and functions that Keras does not have itself. */
  readonly custom: ReadonlySet<string>
}

const NAMELESS = 'a serialized function'

/** Objects inside objects deeper than this are of no model. */
const DEPTH = 200

/**
 * Collects every class and function that a configuration names, wherever it stands.
 *
 * @returns `code` for Lambda layers, layers of other libraries and serialized functions; `custom` for what
 *   was registered by the project, is no part of models in Keras, or is read from another file.
 * Source: Keras 3.15, `keras/src/saving/serialization_lib.py`.
 */
export function configObjects(config: unknown): ConfigObjects {
  const globals = new Set<string>()
  const code = new Set<string>()
  const custom = new Set<string>()
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return
    if (depth > DEPTH) {
      custom.add('objects nested too deeply to be read')
      return
    }
    const name = textMember(value, 'class_name')
    if (name !== undefined) note(value, name)
    for (const each of Object.values(value)) visit(each, depth + 1)
  }
  const note = (value: object, name: string): void => {
    // Of the kinds that Keras puts into its own configurations, these name nothing.
    if (name === '__keras_tensor__' || PLAIN.has(name)) return
    if (name === '__lambda__' || RUNS_CODE.has(name)) {
      code.add(nameOf(value) ?? NAMELESS)
      return
    }
    if (typeof member(member(value, 'config'), 'vocabulary') === 'string') {
      custom.add(`${name} with its vocabulary in another file`)
    }
    const module = textMember(value, 'module')
    const registered = textMember(value, 'registered_name')
    const called = name === 'function' ? (textMember(value, 'config') ?? name) : name
    const path = module === undefined ? called : `${module}.${called}`
    if (module !== undefined) globals.add(path)
    // A model of Keras 2 names its classes without their modules.
    const isForeign = module !== undefined && !isOfKeras(module, called)
    const isRegistered = registered !== undefined && /[>]/.test(registered)
    if (isForeign || isRegistered || (module === undefined && !isBuiltIn(called))) {
      custom.add(registered ?? path)
    }
  }
  visit(config, 0)
  // The function of a Lambda layer stands in the layer, which has a name.
  if (code.size > 1) code.delete(NAMELESS)
  return { globals, code, custom }
}

/** Python of its own, a pickle of PyTorch, a program of TensorFlow. */
const RUNS_CODE = new Set(['Lambda', 'TorchModuleWrapper', 'TFSMLayer'])

/** Where Keras has the classes that models are made of; elsewhere it has functions that fetch files. */
const CLASSES =
  /^(keras|tf_keras|tensorflow\.keras)(\.src)?(\.(layers|models|initializers|regularizers|constraints|optimizers|losses|metrics|activations|quantizers|dtype_policies|random|ops)(\.\w+)*)?$/
/** Where it has functions that models name. */
const FUNCTIONS = /\.(losses|metrics|activations)(\.\w+)*$/
/** Functions beside them that make whatever they are told. */
const MAKERS = new Set(['deserialize', 'serialize', 'get'])

function isOfKeras(module: string, name: string): boolean {
  if (!CLASSES.test(module) || !/^\w+$/.test(name)) return false
  return /^[A-Z]/.test(name) || (FUNCTIONS.test(module) && !MAKERS.has(name))
}

const PLAIN = new Set([
  '__tensor__',
  '__numpy__',
  '__bytes__',
  '__ellipsis__',
  '__slice__',
  '__typespec__',
  'TensorShape',
])

function nameOf(value: object): string | undefined {
  return textMember(value, 'name') ?? textMember(member(value, 'config'), 'name')
}

/** Classes that the old HDF5 format names without a module; others may be the project's. */
const BUILT_IN = new Set(
  (
    'Functional Model Sequential InputLayer Dense Activation Dropout Flatten Reshape Permute ' +
    'RepeatVector Embedding Masking Normalization BatchNormalization LayerNormalization ' +
    'GroupNormalization UnitNormalization SpectralNormalization Rescaling Resizing CenterCrop ' +
    'Discretization Hashing CategoryEncoding StringLookup IntegerLookup TextVectorization ' +
    'HashedCrossing Add Subtract Multiply Average Maximum Minimum Concatenate Dot Conv1D Conv2D ' +
    'Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose SeparableConv1D SeparableConv2D ' +
    'DepthwiseConv1D DepthwiseConv2D MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D ' +
    'AveragePooling2D AveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D ' +
    'GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D ZeroPadding1D ' +
    'ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D ' +
    'UpSampling3D LSTM GRU SimpleRNN RNN LSTMCell GRUCell SimpleRNNCell StackedRNNCells ' +
    'Bidirectional TimeDistributed ConvLSTM1D ConvLSTM2D ConvLSTM3D MultiHeadAttention Attention ' +
    'AdditiveAttention GroupQueryAttention EinsumDense ReLU LeakyReLU PReLU ELU Softmax ' +
    'GaussianNoise GaussianDropout AlphaDropout SpatialDropout1D SpatialDropout2D ' +
    'SpatialDropout3D ActivityRegularization RandomFlip RandomRotation RandomZoom RandomCrop ' +
    'RandomContrast RandomBrightness RandomTranslation RandomHeight RandomWidth Identity ' +
    'DTypePolicy Policy Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal ' +
    'VarianceScaling Orthogonal GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal ' +
    'LecunUniform L1 L2 L1L2 OrthogonalRegularizer MaxNorm MinMaxNorm NonNeg UnitNorm Adam AdamW ' +
    'SGD RMSprop Adagrad Adadelta Adamax Nadam Ftrl Lion function'
  ).split(' '),
)

function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name)
}
