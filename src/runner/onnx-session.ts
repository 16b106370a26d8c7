import { createRequire } from 'node:module'
import path from 'node:path'
import type { CommandLine } from './command.ts'
import { ownProgram } from './own-program.ts'

/** What the program that runs an ONNX model is told, as JSON in its first argument. */
export interface OnnxPlan {
  /** The main file of onnxruntime-node. */
  readonly library: string
  /** The ONNX file. */
  readonly model: string
  /** The features in the order of the columns of a single matrix input. */
  readonly features: readonly string[]
  readonly task: string
}

/**
 * The line of a worker that runs an ONNX model in a process of its own, so that a crash of the native
 * library is an end like any other. The library is an optional peer, searched beside mlcheck and then in
 * the project.
 *
 * @returns `undefined` when it is installed in neither.
 */
export function onnxWorker(
  plan: Omit<OnnxPlan, 'library'> & { readonly folder: string },
): CommandLine | undefined {
  const { folder, ...rest } = plan
  const library = [import.meta.url, path.join(folder, 'package.json')]
    .map(locate)
    .find((file) => file !== undefined)
  if (library === undefined) return undefined
  const told: OnnxPlan = { ...rest, library }
  return [...ownProgram('onnx-worker'), JSON.stringify(told)]
}

function locate(from: string): string | undefined {
  try {
    return createRequire(from).resolve('onnxruntime-node')
  } catch {
    return undefined
  }
}
