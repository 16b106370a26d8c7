/** Why a module, with everything in it, has no place in a model file. */
const DENIED_MODULES: Readonly<Record<string, readonly string[]>> = {
  'runs commands or changes the system': [
    'os',
    'posix',
    'nt',
    'subprocess',
    '_posixsubprocess',
    'commands',
    'popen2',
    'pty',
    'platform',
    'shutil',
    'signal',
    'multiprocessing',
    'concurrent',
    'distutils',
    'setuptools',
    'pip',
    'ensurepip',
    'venv',
    'webbrowser',
    'antigravity',
    'asyncio',
    'resource',
    'fcntl',
    'crypt',
  ],
  'runs Python code': [
    'code',
    'codeop',
    'runpy',
    'pdb',
    'bdb',
    'timeit',
    'cProfile',
    'doctest',
    'unittest',
    'pydoc',
    'idlelib',
    'lib2to3',
    'compileall',
    'py_compile',
    'IPython',
    'numpy.f2py',
    'numpy.testing',
    'numpy.distutils',
  ],
  'imports modules': [
    'importlib',
    '_frozen_importlib',
    '_frozen_importlib_external',
    'imp',
    'pkgutil',
    'zipimport',
    'site',
    'pkg_resources',
  ],
  'loads further objects': [
    'pickle',
    '_pickle',
    'cPickle',
    'marshal',
    'shelve',
    'dill',
    'cloudpickle',
    'joblib.externals',
    'torch.hub',
    'torch.jit',
  ],
  'reaches into the interpreter': [
    'sys',
    'gc',
    'inspect',
    'ctypes',
    '_ctypes',
    'cffi',
    '_cffi_backend',
    'atexit',
    'ast',
    'dis',
    'faulthandler',
    'readline',
    'rlcompleter',
  ],
  'opens files or connections': [
    'socket',
    '_socket',
    'ssl',
    'http',
    'httplib',
    'urllib',
    'urllib2',
    'urllib3',
    'requests',
    'aiohttp',
    'httpx',
    'ftplib',
    'smtplib',
    'poplib',
    'imaplib',
    'nntplib',
    'telnetlib',
    'xmlrpc',
    'socketserver',
    'paramiko',
    'tempfile',
    'fileinput',
    'glob',
    'mmap',
    'tarfile',
    'zipfile',
    'sqlite3',
    'dbm',
    'logging.config',
  ],
}

/** Members of modules that are otherwise of use. */
const DENIED_MEMBERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'runs Python code': {
    builtins: [
      'eval',
      'exec',
      'execfile',
      'compile',
      'apply',
      'input',
      'raw_input',
      'breakpoint',
      'reload',
      'help',
    ],
    pandas: ['eval', 'DataFrame.eval', 'DataFrame.query'],
    'numpy.core.numeric': ['fromfunction'],
    types: ['CodeType', 'FunctionType', 'LambdaType', 'MethodType', 'ModuleType'],
    sympy: ['sympify'],
    functools: ['reduce'],
    _functools: ['reduce'],
  },
  'imports modules': { builtins: ['__import__', '__loader__', '__spec__'] },
  'reaches into the interpreter': {
    builtins: [
      'globals',
      'locals',
      'vars',
      'setattr',
      'delattr',
      'memoryview',
      'open',
      'file',
      '__build_class__',
      'classmethod',
      'staticmethod',
      'property',
      'super',
    ],
  },
  'opens files or connections': {
    io: ['open', 'open_code', 'FileIO'],
    _io: ['open', 'open_code', 'FileIO'],
    codecs: ['open'],
    pathlib: ['Path.write_text', 'Path.write_bytes', 'Path.unlink'],
  },
  'loads further objects': {
    joblib: ['load', 'dump'],
    'joblib.numpy_pickle': ['load', 'dump', 'load_temporary_memmap', 'NumpyUnpickler'],
    'joblib.numpy_pickle_compat': ['load_compatibility', 'ZipNumpyUnpickler'],
    numpy: [
      'load',
      'save',
      'fromfile',
      'memmap',
      'loadtxt',
      'genfromtxt',
      'DataSource',
      'lib.npyio',
    ],
    'numpy.lib.npyio': ['load', 'save', 'NpzFile', 'DataSource'],
    'numpy.lib._npyio_impl': ['load', 'save', 'NpzFile'],
    pandas: ['read_pickle', 'read_csv', 'read_hdf'],
    'pandas.io.pickle': ['read_pickle', 'to_pickle'],
    torch: ['load', 'save', 'compile'],
    'torch.serialization': ['load', 'save', '_load', '_legacy_load', 'add_safe_globals'],
    'torch.storage': ['_load_from_bytes'],
    tensorflow: ['io'],
    'keras.models': ['load_model'],
  },
}

/** The names that Python 2 had for the same modules. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['__builtins__', 'builtins'],
])

const modules = new Map(
  Object.entries(DENIED_MODULES).flatMap(([reason, names]) =>
    names.map((name) => [name, reason] as const),
  ),
)
const members = new Map(
  Object.entries(DENIED_MEMBERS).flatMap(([reason, groups]) =>
    Object.entries(groups).flatMap(([module, names]) =>
      names.map((name) => [`${module}\n${name}`, reason] as const),
    ),
  ),
)

/** `joblib.numpy_pickle` with the name `os.getpid` is `os.getpid`, whatever it is reached through. */
const REACHED_MODULES: ReadonlySet<string> = new Set([
  'os',
  'posix',
  'nt',
  'sys',
  'subprocess',
  'importlib',
  'pickle',
  'marshal',
  'shutil',
  'socket',
  'ctypes',
  'runpy',
  'inspect',
  'tempfile',
  'multiprocessing',
])
const REACHED_MEMBERS =
  /^(__globals__|__builtins__|__subclasses__|__code__|__loader__|__import__|__dict__|__class__|__base__|__bases__|__mro__)$/

/**
 * Why a global must not be in a model file; `undefined` when nothing is known against it.
 *
 * @param name - May be a path of attributes; then each step of it counts.
 */
export function deniedBecause(module: string, name: string): string | undefined {
  const owner = OLD_NAMES.get(module) ?? module
  const member = members.get(`${owner}\n${name}`)
  if (member !== undefined) return member
  const parts = owner.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const reason = modules.get(parts.slice(0, length).join('.'))
    if (reason !== undefined) return reason
  }
  const steps = name.split('.')
  if (steps.length < 2) return REACHED_MODULES.has(name) ? modules.get(name) : undefined
  const reached = steps.find((step) => REACHED_MODULES.has(step))
  if (reached !== undefined) return modules.get(reached)
  if (steps.some((step) => REACHED_MEMBERS.test(step))) return 'reaches into the interpreter'
  const builtin = steps.at(-1) ?? ''
  return steps.includes('__builtins__') || steps.includes('builtins')
    ? (members.get(`builtins\n${builtin}`) ?? 'reaches into the interpreter')
    : undefined
}
