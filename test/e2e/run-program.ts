import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../bin/mlcheck.js', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../../fixtures/example/', import.meta.url))

export interface ProgramRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The committed example project, for reading and copying. */
export const exampleProject: string = path.normalize(EXAMPLE)

/** The arguments of a run that leaves no line in the ledger of a committed project. */
export function unrecorded(args: readonly string[]): readonly string[] {
  return ['audit', 'drift'].includes(args[0] ?? '') ? [...args, '--no-history'] : args
}

/** Runs the built program as a user would, with a plain terminal and without the ledger. */
export function runMlcheck(args: readonly string[], folder: string): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...unrecorded(args)], {
      cwd: folder,
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr })
    })
  })
}
