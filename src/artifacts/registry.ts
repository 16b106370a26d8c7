import { InputError } from '../core/errors.ts'
import { DEFAULT_INSPECTION_LIMITS, type Inspection, type InspectionLimits } from './artifact.ts'
import { lookAt, type Candidate } from './candidate.ts'
import { detectCompression } from './compression/detect.ts'
import { conclude } from './inspection.ts'
import { looksLikeOnnx } from './onnx/looks-like-onnx.ts'
import { pointerKind, POINTER_BYTES, type PointerKind } from './pointers/pointer-files.ts'
import { NO_ADDITIONS, type GlobalPolicy } from './policy.ts'

/** Reads one format. What cannot be read is inconclusive; only a file that is not there throws. */
export type Inspect = (
  path: string,
  limits: InspectionLimits,
  policy: GlobalPolicy,
  now: () => number,
) => Promise<Inspection>

/** A format of model files. */
export interface ArtifactFormat {
  readonly id: string
  readonly title: string
  /** Whether content is of this format, whatever the file is called. */
  matches(candidate: Candidate): boolean
  /** How such files are called, for content that two formats could have written. */
  readonly names: RegExp
  load(): Promise<Inspect>
}

const pointer = (tool: PointerKind): Pick<ArtifactFormat, 'load'> => ({
  load: async () => {
    const { inspectPointer } = await import('./pointers/inspect-pointer.ts')
    return () => inspectPointer(tool)
  },
})

const isPointer = ({ size, headText, danglingTo }: Candidate, tool: PointerKind): boolean =>
  danglingTo === undefined
    ? size > 0 && size < POINTER_BYTES && pointerKind(headText) === tool
    : tool === 'git-annex' && /[/\\]annex[/\\]objects[/\\]/.test(danglingTo)

/** A JSON object with a key near its begin; a byte-order mark may stand in front. */
const hasKey = ({ headText }: Candidate, key: string): boolean =>
  /^(ï»¿)?\s*\{\s*("|\})/.test(headText) && headText.includes(`"${key}"`)

/** The number that the five pickles of PyTorch before 1.6 begin with, as pickle writes it. */
const OLD_TORCH = '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19'
const isOldTorch = ({ headText }: Candidate): boolean => headText.slice(0, 16).includes(OLD_TORCH)

/** Every format, in the order in which they are asked; the content decides, not the order. */
export const ARTIFACT_FORMATS: readonly ArtifactFormat[] = [
  {
    id: 'git-lfs-pointer',
    title: 'Git LFS pointer',
    matches: (candidate) => isPointer(candidate, 'git-lfs'),
    names: /$/,
    ...pointer('git-lfs'),
  },
  {
    id: 'dvc-pointer',
    title: 'DVC pointer',
    matches: (candidate) => isPointer(candidate, 'dvc'),
    names: /\.dvc$/,
    ...pointer('dvc'),
  },
  {
    id: 'git-annex-pointer',
    title: 'git-annex pointer',
    matches: (candidate) => isPointer(candidate, 'git-annex'),
    names: /$/,
    ...pointer('git-annex'),
  },
  {
    id: 'mlflow',
    title: 'MLflow model folder',
    matches: ({ isFolder, entries }) => isFolder && entries.includes('MLmodel'),
    names: /$/,
    load: async () => {
      const { inspectMlflow } = await import('./mlflow/inspect-mlflow.ts')
      return (path, limits, policy, now) =>
        inspectMlflow(path, (file) => inspectArtifact(file, { limits, policy, now }))
    },
  },
  {
    id: 'skops',
    title: 'skops archive',
    matches: ({ isFolder, entries }) => !isFolder && entries.includes('schema.json'),
    names: /\.skops$/,
    load: async () => (await import('./skops/inspect-skops.ts')).inspectSkops,
  },
  {
    id: 'keras',
    title: 'Keras archive',
    matches: ({ isFolder, entries }) =>
      !isFolder && ['config.json', 'metadata.json'].every((name) => entries.includes(name)),
    names: /\.keras$/,
    load: async () => (await import('./keras/inspect-keras.ts')).inspectKeras,
  },
  {
    id: 'torch',
    title: 'PyTorch file',
    matches: (candidate) =>
      isOldTorch(candidate) ||
      (!candidate.isFolder && candidate.entries.some((name) => /(^|\/)data\.pkl$/.test(name))),
    names: /\.(pt|pth|ckpt|bin)$/,
    load: async () => (await import('./torch/inspect-torch.ts')).inspectTorch,
  },
  {
    id: 'npz',
    title: 'NumPy archive',
    matches: ({ isFolder, entries, headText }) =>
      headText.startsWith('PK\x05\x06') ||
      (!isFolder && entries.length > 0 && entries.every((name) => name.endsWith('.npy'))),
    names: /\.npz$/,
    load: async () => (await import('./numpy/inspect-npy.ts')).inspectNpz,
  },
  {
    id: 'npy',
    title: 'NumPy array',
    matches: ({ headText }) => headText.startsWith('\x93NUMPY'),
    names: /\.npy$/,
    load: async () => (await import('./numpy/inspect-npy.ts')).inspectNpy,
  },
  {
    id: 'hdf5',
    title: 'HDF5 file, such as Keras .h5',
    matches: ({ headText }) => headText.startsWith('\x89HDF\r\n\x1a\n'),
    names: /\.(h5|hdf5)$/,
    load: async () => (await import('./keras/inspect-hdf5.ts')).inspectHdf5,
  },
  {
    id: 'safetensors',
    title: 'safetensors file',
    // The length of the header is far below 2^40, and the header is a JSON object.
    matches: ({ headText }) => /^[^]{5}\0{3}\s*\{/.test(headText) && !headText.startsWith('{'),
    names: /\.safetensors$/,
    load: async () => (await import('./safetensors/inspect-safetensors.ts')).inspectSafetensors,
  },
  {
    id: 'safetensors-shards',
    title: 'index of a safetensors model in shards',
    matches: (candidate) => hasKey(candidate, 'weight_map'),
    names: /\.index\.json$/,
    load: async () => (await import('./safetensors/inspect-shards.ts')).inspectShards,
  },
  {
    id: 'onnx',
    title: 'ONNX model',
    matches: ({ head }) => looksLikeOnnx(head),
    names: /\.onnx$/,
    load: async () => (await import('./onnx/inspect-onnx.ts')).inspectOnnx,
  },
  {
    id: 'lightgbm',
    title: 'LightGBM text',
    matches: ({ headText }) => /^tree\r?\nversion=/.test(headText),
    names: /\.(txt|lgb)$/,
    load: async () => (await import('./lightgbm/inspect-lightgbm.ts')).inspectLightgbm,
  },
  {
    id: 'xgboost',
    title: 'XGBoost JSON or UBJSON',
    matches: (candidate) =>
      hasKey(candidate, 'learner') ||
      /^\{[iUIlL][^]{1,8}(learner|version)/.test(candidate.headText),
    names: /\.(json|ubj|xgb|model)$/,
    load: async () => (await import('./xgboost/inspect-xgboost.ts')).inspectXgboost,
  },
  {
    id: 'catboost',
    title: 'CatBoost JSON or binary',
    matches: (candidate) =>
      hasKey(candidate, 'features_info') || candidate.headText.startsWith('CBM1'),
    names: /\.(json|cbm)$/,
    load: async () => (await import('./catboost/inspect-catboost.ts')).inspectCatboost,
  },
  {
    id: 'pmml',
    title: 'PMML document',
    matches: ({ headText }) => /^(ï»¿)?\s*<[^]*<?PMML[\s>]/.test(headText),
    names: /\.(pmml|xml)$/,
    load: async () => (await import('./pmml/inspect-pmml.ts')).inspectPmml,
  },
  {
    id: 'pickle',
    title: 'pickle or joblib file',
    matches: (candidate) =>
      !isOldTorch(candidate) &&
      (/^\x80[\x01-\x05]/.test(candidate.headText) ||
        candidate.headText.startsWith('ZF0x') ||
        detectCompression(candidate.head) !== undefined),
    names: /\.(pkl|pickle|joblib)$/,
    load: async () => (await import('./pickle/inspect-pickle.ts')).inspectPickle,
  },
]

export interface InspectOptions {
  readonly limits?: InspectionLimits
  readonly policy?: GlobalPolicy
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number
}

/**
 * What can be known of a model file or folder without running anything. The format is recognised by
 * the content; the name decides only between formats that the content fits alike, and such a file is
 * never safe.
 *
 * @param path - absolute.
 * @returns kind `unknown`, inconclusive, for content of no known format.
 * @throws InputError when nothing is there, it cannot be read, or it is a folder of no known kind.
 */
export async function inspectArtifact(
  path: string,
  { limits = DEFAULT_INSPECTION_LIMITS, policy = NO_ADDITIONS, now }: InspectOptions,
): Promise<Inspection> {
  const candidate = await lookAt(path, limits)
  const fitting = ARTIFACT_FORMATS.filter((format) => format.matches(candidate))
  const [format] = fitting.toSorted((a, b) => rank(a, candidate) - rank(b, candidate))
  if (format === undefined) {
    return inspectUnrecognised(candidate, async () => {
      const { inspectPickle } = await import('./pickle/inspect-pickle.ts')
      return inspectPickle(path, limits, policy, now)
    })
  }
  const inspect = await format.load()
  const found = await inspect(path, limits, policy, now)
  if (fitting.length === 1) return found
  const formats = fitting.map(({ title }) => title)
  const reasons = [
    ...found.reasons,
    { code: 'ARTIFACT_AMBIGUOUS', severity: 'inconclusive', args: { formats } } as const,
  ]
  return conclude(found.kind, { ...found, reasons })
}

function rank({ names }: ArtifactFormat, { name }: Candidate): number {
  return names.test(name.toLowerCase()) && names.source !== '$' ? 0 : 1
}

/** What pickles of the protocols 0 and 1 begin with, which have no signature. */
const FIRST_OPCODES = /^[(\]}cI-NFSTUVXGBC)]/
/** Reasons of bytes that are no pickle at all. */
const NO_PICKLE = new Set([
  'PICKLE_CUT_OFF',
  'PICKLE_MALFORMED',
  'PICKLE_OPCODE_UNKNOWN',
  'PICKLE_TEXT_TOO_LONG',
])

async function inspectUnrecognised(
  { name, isFolder, headText, danglingTo }: Candidate,
  asPickle: () => Promise<Inspection>,
): Promise<Inspection> {
  if (danglingTo !== undefined) throw new InputError(`${name} is a link to nothing`)
  if (isFolder) {
    throw new InputError(`${name} is a folder of no known kind`, {
      hint: 'Name the files in it; of folders, only MLflow models (with a file MLmodel) are read.',
    })
  }
  if (FIRST_OPCODES.test(headText)) {
    const found = await asPickle()
    const isPickle = !found.reasons.some(({ code }) => NO_PICKLE.has(code))
    // A text that begins like a reference refers to no name of Python.
    if (isPickle || found.globals.some((name) => /^[A-Za-z_][\w.]*$/.test(name))) return found
  }
  return conclude('unknown', {
    reasons: [{ code: 'ARTIFACT_UNKNOWN', severity: 'inconclusive', args: {} }],
  })
}
