/**
 * Compares what is read from model files with what Python says: makes the virtual environments of
 * `test/python/environments.json`, has each write its artefacts and its own account of them, and runs
 * the tests over both. One more environment holds the requirements of `fixtures/sklearn`, whose commands
 * the tests run, and `onnxruntime-node` runs the ONNX models. Environments are kept in `.cache`;
 * artefacts are written anew.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

interface Environment {
  readonly name: string
  readonly packages: readonly string[]
}

const root = path.dirname(import.meta.dirname)
const cache = path.join(root, '.cache', 'python')
const tests = path.join(root, 'test', 'python')
const isWindows = process.platform === 'win32'

/** Newest first is tried last: the pinned wheels exist for these. */
const PYTHONS = ['python3.11', 'python3', 'python']

/** The optional peer that runs ONNX models; its binaries are in the package, CUDA is not needed. */
const ONNX_RUNTIME = 'onnxruntime-node@1.30.0'

class Stopped extends Error {}

try {
  process.exitCode = main()
} catch (error) {
  if (!(error instanceof Stopped)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function main(): number {
  const python = findPython()
  const environments = JSON.parse(
    readFileSync(path.join(tests, 'environments.json'), 'utf8'),
  ) as readonly Environment[]
  const folders = environments.map((environment) => writtenArtefacts(environment, python))
  const example = exampleEnvironment(python)
  installOnnxRuntime()
  return runTests(folders, example)
}

function findPython(): string {
  const found = PYTHONS.find((name) => spawnSync(name, ['--version']).status === 0)
  if (found !== undefined) return found
  throw new Stopped('Python 3 is needed and was not found: install python3 with the venv module.')
}

/** The folder of the artefacts that an environment wrote. */
function writtenArtefacts({ name, packages }: Environment, python: string): string {
  const { folder, program } = environmentOf(name, [packages], packages, python)
  process.stdout.write(`writing artefacts with ${name}\n`)
  const artefacts = path.join(folder, 'artefacts')
  rmSync(artefacts, { recursive: true, force: true })
  mkdirSync(artefacts)
  run(program, [path.join(tests, 'make_artifacts.py'), artefacts])
  return artefacts
}

/** The folder of the programs of an environment that can run `fixtures/sklearn`. */
function exampleEnvironment(python: string): string {
  const project = path.join(root, 'fixtures', 'sklearn')
  const locked = path.join(project, 'requirements.txt')
  const development = path.join(project, 'requirements-dev.txt')
  // pip wants hashes of all files or of none: the locked ones first, the tools of the tests after them.
  const installs = [
    ['--require-hashes', '-r', locked],
    ['-r', development],
  ]
  const contents = [locked, development].map((file) => readFileSync(file, 'utf8'))
  return path.dirname(environmentOf('fixtures/sklearn', installs, contents, python).program)
}

/**
 * A virtual environment, made when it is not there yet.
 *
 * @param installs what pip is given, one call after another
 * @param contents what makes it another environment when it changes
 */
function environmentOf(
  name: string,
  installs: readonly (readonly string[])[],
  contents: readonly string[],
  python: string,
): { readonly folder: string; readonly program: string } {
  const version = spawnSync(python, ['-VV'], { encoding: 'utf8' }).stdout
  const identity = JSON.stringify([contents, version])
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 12)
  const folder = path.join(cache, hash)
  const program = path.join(folder, 'venv', isWindows ? 'Scripts/python.exe' : 'bin/python')
  const done = path.join(folder, 'installed')
  if (existsSync(done)) return { folder, program }
  process.stdout.write(`installing ${name}\n`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  run(python, ['-m', 'venv', path.join(folder, 'venv')])
  const quiet = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:']
  for (const install of installs) run(program, ['-m', 'pip', 'install', ...quiet, ...install])
  writeFileSync(done, identity)
  return { folder, program }
}

function installOnnxRuntime(): void {
  const folder = path.join(root, '.cache', 'node')
  const done = path.join(folder, 'installed')
  if (existsSync(done) && readFileSync(done, 'utf8') === ONNX_RUNTIME) return
  process.stdout.write(`installing ${ONNX_RUNTIME}\n`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent']
  run('npm', ['install', '--prefix', folder, ...quiet, ONNX_RUNTIME])
  writeFileSync(done, ONNX_RUNTIME)
}

function run(program: string, args: readonly string[]): void {
  // One thread each: results then do not depend on the machine.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env })
  if (status !== 0) {
    const reason = error?.message ?? `exit code ${String(status)}`
    throw new Stopped(`${[program, ...args].join(' ')} did not succeed: ${reason}`)
  }
}

function runTests(folders: readonly string[], example: string): number {
  const files = readdirSync(tests)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => path.join('test', 'python', name))
  if (files.length === 0) throw new Stopped('There are no tests in test/python.')
  const env = {
    ...process.env,
    MLCHECK_PYTHON_ARTEFACTS: folders.join(path.delimiter),
    MLCHECK_PYTHON_EXAMPLE: example,
  }
  const args = ['--import', 'tsx', '--test', ...files]
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
}
