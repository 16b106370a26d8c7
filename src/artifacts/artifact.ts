import type { GradedFinding } from '../core/finding.ts'
import type { ObjectFacts } from './object-facts.ts'

/** The formats that the registry tells apart by content. */
export const ARTIFACT_KINDS = [
  'joblib',
  'pickle',
  'skops',
  'npy',
  'npz',
  'onnx',
  'safetensors',
  'keras',
  'hdf5',
  'torch',
  'lightgbm',
  'xgboost',
  'catboost',
  'pmml',
  'mlflow',
  'git-lfs-pointer',
  'dvc-pointer',
  'git-annex-pointer',
  'unknown',
] as const
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number]

export const VERDICTS = ['safe', 'unsafe', 'inconclusive'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The library that wrote a file, as the file itself says. */
export interface Producer {
  readonly library: string
  readonly version: string | null
}

/** What can be known of a model file without running anything. */
export interface Inspection {
  readonly kind: ArtifactKind
  /**
   * `unsafe` when a reason of severity `fail` stands, else `inconclusive` when anything could not be read
   * or is known to no list, else `safe`.
   */
  readonly verdict: Verdict
  /** Why the verdict is not `safe`, and what is worth knowing (`notice`); the words are in the report. */
  readonly reasons: readonly GradedFinding[]
  /** Every Python global that the file refers to anywhere, as `module.name`, sorted, each once. */
  readonly globals: readonly string[]
  /** Libraries with the versions that the file states, the main one first. */
  readonly producers: readonly Producer[]
  /** `null` when the format holds no object that is understood. */
  readonly object: ObjectFacts | null
}

/** How much a reader may use; a file that needs more is `inconclusive`. */
export interface InspectionLimits {
  /** Bytes that decompression may give. */
  readonly decompressedBytes: number
  /** Bytes out for each byte in. */
  readonly compressionRatio: number
  /** Nodes of all objects together; in a pickle, those that hold others count several times. */
  readonly nodes: number
  /** Objects inside objects. */
  readonly depth: number
  /** Arrays with more elements are digested, not listed. */
  readonly listedElements: number
  /** Milliseconds on the clock that `now` gives. */
  readonly timeMs: number
}

export const DEFAULT_INSPECTION_LIMITS: InspectionLimits = {
  decompressedBytes: 16 * 1024 ** 3,
  compressionRatio: 1100,
  nodes: 2_000_000,
  depth: 2000,
  listedElements: 1_000_000,
  timeMs: 120_000,
}
