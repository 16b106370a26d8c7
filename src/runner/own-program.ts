import { existsSync } from 'node:fs'
import path from 'node:path'
import type { CommandLine } from './command.ts'

/** Programs of ours that run in a process of their own, beside the command of a project. */
export type OwnProgram = 'loopback-probe' | 'onnx-worker'

/**
 * The line that starts one of them with the Node that runs us: from the bundle, where they are built to
 * `dist/programs`, or from the sources through the loader of the development tools.
 */
export function ownProgram(name: OwnProgram): CommandLine {
  const here = import.meta.dirname
  const built = ['programs', '../programs']
    .map((folder) => path.join(here, folder, `${name}.js`))
    .find((file) => existsSync(file))
  if (built !== undefined) return [process.execPath, built]
  const source = path.join(here, 'programs', `${name}.ts`)
  return [process.execPath, '--import', import.meta.resolve('tsx'), source]
}
