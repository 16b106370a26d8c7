import { boosters, numpyFunctions, scikitLearn, scipy } from './allowed-libraries.ts'

/** Names that model files may refer to, with what makes them harmless to load. */
interface AllowedGroup {
  readonly reason: string
  /** Names by module, with spaces between them. */
  readonly modules: Readonly<Record<string, string>>
}

const STORAGES =
  'FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage CharStorage ByteStorage BoolStorage ComplexFloatStorage ComplexDoubleStorage'
const TEXT_METHODS =
  'str.split str.rsplit str.splitlines str.lower str.upper str.strip str.lstrip str.rstrip str.casefold str.title str.capitalize str.swapcase str.encode str.replace str.join str.isalpha str.isdigit str.isalnum str.startswith str.endswith'

export const ALLOWED_GROUPS: readonly AllowedGroup[] = [
  {
    reason: 'Types of values: to make one stores what it is given, and no more.',
    modules: {
      builtins:
        'object bool int float complex str bytes bytearray list tuple set frozenset dict slice range type NoneType Ellipsis NotImplemented',
      collections: 'OrderedDict defaultdict deque Counter',
      datetime: 'date datetime time timedelta timezone',
      decimal: 'Decimal',
      _decimal: 'Decimal',
      fractions: 'Fraction',
      uuid: 'UUID',
      types: 'SimpleNamespace',
      pathlib: 'PurePosixPath PureWindowsPath PosixPath WindowsPath',
      array: 'array _array_reconstructor',
    },
  },
  {
    reason: 'Methods of text, which a vectoriser uses to split documents: text in, text out.',
    modules: { builtins: TEXT_METHODS },
  },
  {
    reason:
      'Fetches an attribute: what it fetches is listed and judged as a global of its own, and any other use of it is a problem of the file.',
    modules: { builtins: 'getattr' },
  },
  {
    reason:
      'Helpers of the pickle format: they make an empty object of a class that is judged itself.',
    modules: { copyreg: '_reconstructor __newobj__ __newobj_ex__' },
  },
  {
    reason: 'Turns text into bytes; old protocols have no other way to write them.',
    modules: { _codecs: 'encode' },
  },
  {
    reason: 'Compiles a pattern of text; it matches nothing until it is used.',
    modules: { re: '_compile', sre_compile: 'compile' },
  },
  {
    reason: 'Arrays and their types: memory is filled with the bytes of the file.',
    modules: {
      numpy:
        'ndarray dtype matrix recarray record void bool bool_ str_ bytes_ object_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 intc uintc intp uintp longlong ulonglong long ulong float16 float32 float64 longdouble complex64 complex128 clongdouble datetime64 timedelta64',
      'numpy.core.multiarray': '_reconstruct scalar',
      'numpy._core.multiarray': '_reconstruct scalar',
      'numpy.core.numeric': '_frombuffer',
      'numpy._core.numeric': '_frombuffer',
      'numpy.ma': 'MaskedArray',
      'numpy.ma.core': '_mareconstruct MaskedArray MaskedConstant',
      'numpy.matrixlib.defmatrix': 'matrix',
    },
  },
  {
    reason: 'The state of random number generators: numbers that are stored.',
    modules: {
      'numpy.random._pickle': '__randomstate_ctor __generator_ctor __bit_generator_ctor',
      'numpy.random.mtrand': 'RandomState _rand',
      'numpy.random._generator': 'Generator',
      'numpy.random._mt19937': 'MT19937',
      'numpy.random._pcg64': 'PCG64 PCG64DXSM',
      'numpy.random._philox': 'Philox',
      'numpy.random._sfc64': 'SFC64',
      'numpy.random.bit_generator': 'SeedSequence __pyx_unpickle_SeedSequence',
    },
  },
  { reason: 'Functions from numbers to numbers, element by element.', modules: numpyFunctions },
  {
    reason: 'Describes the array whose bytes follow; the loader reads them into memory.',
    modules: { 'joblib.numpy_pickle': 'NumpyArrayWrapper' },
  },
  {
    reason:
      'Classes of fitted models and what they consist of: their state is attributes, set without calling what they hold.',
    modules: scikitLearn,
  },
  {
    reason:
      'The losses of boosting under the name that their compiled module gives itself, and what a search without a scorer calls to ask the model: numbers, and a method of a model that is judged itself.',
    modules: {
      _loss: scikitLearn['sklearn._loss._loss'] ?? '',
      'sklearn.metrics._scorer': '_passthrough_scorer',
    },
  },
  {
    reason: 'Sparse matrices, interpolations and search trees: numbers that are stored.',
    modules: {
      ...scipy,
      'scipy._lib.array_api_compat.numpy._aliases': 'asarray',
      'scipy.sparse.csr': 'csr_matrix',
      'scipy.sparse.csc': 'csc_matrix',
      'scipy.sparse.coo': 'coo_matrix',
    },
  },
  {
    reason: 'Tables: columns, indices and the types of their values.',
    modules: {
      pandas:
        'DataFrame Series Index RangeIndex MultiIndex DatetimeIndex CategoricalDtype Categorical Timestamp Timedelta Interval StringDtype',
      'pandas.arrays':
        'DatetimeArray TimedeltaArray PeriodArray IntervalArray StringArray BooleanArray IntegerArray FloatingArray Categorical',
      'pandas.core.frame': 'DataFrame',
      'pandas.core.series': 'Series',
      'pandas.core.internals.managers': 'BlockManager SingleBlockManager _unpickle_block',
      'pandas.core.internals.blocks': 'new_block',
      'pandas._libs.internals': '_unpickle_block BlockManager BlockPlacement',
      'pandas.core.indexes.base': 'Index _new_Index',
      'pandas.core.indexes.range': 'RangeIndex',
      'pandas.core.indexes.multi': 'MultiIndex',
      'pandas.core.indexes.numeric': 'Int64Index Float64Index UInt64Index',
      'pandas.core.indexes.category': 'CategoricalIndex',
      'pandas.core.indexes.datetimes': 'DatetimeIndex _new_DatetimeIndex',
      'pandas.core.indexes.interval': 'IntervalIndex _new_IntervalIndex',
      'pandas.core.dtypes.dtypes': 'CategoricalDtype DatetimeTZDtype PeriodDtype IntervalDtype',
      'pandas.core.arrays.categorical': 'Categorical',
      'pandas.core.arrays.datetimes': 'DatetimeArray',
      'pandas.core.arrays.integer':
        'IntegerArray Int8Dtype Int16Dtype Int32Dtype Int64Dtype UInt8Dtype UInt16Dtype UInt32Dtype UInt64Dtype',
      'pandas.core.arrays.floating': 'FloatingArray Float32Dtype Float64Dtype',
      'pandas.core.arrays.boolean': 'BooleanArray BooleanDtype',
      'pandas.core.arrays.string_': 'StringArray StringDtype',
      'pandas.core.arrays.interval': 'IntervalArray',
      'pandas._libs.arrays': '__pyx_unpickle_NDArrayBacked',
      'pandas._libs.missing': 'NAType _unpickle_na NA',
      'pandas._libs.interval': 'Interval',
      'pandas._libs.tslibs.timestamps': '_unpickle_timestamp Timestamp',
      'pandas._libs.tslibs.timedeltas': '_timedelta_unpickle Timedelta',
      'pandas._libs.tslibs.nattype': '_nat_unpickle',
    },
  },
  {
    reason: 'Boosted trees: the library reads its own format from bytes of the file.',
    modules: boosters,
  },
  {
    reason: 'Tensors: memory is filled with the bytes of the archive.',
    modules: {
      torch: `${STORAGES} Size Tensor device dtype float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 bool complex64 complex128 QUInt8Storage QInt8Storage QInt32Storage`,
      'torch.storage': 'TypedStorage UntypedStorage',
      'torch.serialization': '_get_layout',
      'torch.nn.parameter': 'Parameter',
      'torch._utils':
        '_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state _rebuild_sparse_tensor _rebuild_qtensor',
      'torch._tensor': '_rebuild_from_type_v2',
    },
  },
]

/** The names of all groups by their module. */
export const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = byModule()

function byModule(): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  for (const { modules } of ALLOWED_GROUPS) {
    for (const [module, list] of Object.entries(modules)) {
      const known = names.get(module) ?? new Set<string>()
      for (const name of list.split(' ')) known.add(name)
      names.set(module, known)
    }
  }
  return names
}
