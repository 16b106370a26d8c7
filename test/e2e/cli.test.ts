import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { appendFileSync, createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Result } from '../../src/core/result.ts'
import { allFiles, chunkOf, loadedWith } from './bundle.ts'
import { corrupt } from './corrupt.ts'
import { countProcesses, waitUntil } from './processes.ts'
import { exampleProject, runMlcheck } from './run-program.ts'

const PROGRAM = path.resolve(import.meta.dirname, '..', '..', 'bin', 'mlcheck.js')
const DRIFT = ['drift', 'data/reference.csv', 'production/unchanged.csv', '--no-history']

let folder: string
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlcheck-cli-e2e-'))
})
after(() => rm(folder, { recursive: true, force: true }))

function start(args: readonly string[], cwd: string): ChildProcessWithoutNullStreams {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' }
  return spawn(process.execPath, [PROGRAM, ...args], { cwd, env })
}

/** What the process says on standard error, and how it ends. */
async function ending(
  child: ChildProcessWithoutNullStreams,
): Promise<{ exitCode: number | null; signal: NodeJS.Signals | null; stderr: string }> {
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.resume()
  return new Promise((resolve) => {
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal, stderr })
    })
  })
}

describe('streams', () => {
  test('a reader that takes one line is no error', () => {
    const pipeline = `'${process.execPath}' '${PROGRAM}' explain --all | head -1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', pipeline], { encoding: 'utf8' })
    assert.match(stdout, /^\S+ \(check\): .*\n0\n$/)
    assert.equal(stderr, '')
  })

  test('a reader that is gone before the report leaves the exit code as it is', async () => {
    const child = start(DRIFT.with(2, 'production/drifted.csv'), exampleProject)
    child.stdout.destroy()
    const { exitCode, stderr } = await ending(child)
    assert.equal(exitCode, 1)
    assert.equal(stderr, '')
  })

  test('a slow reader gets all of a large output', () => {
    // Longer than the output takes to be made, and more than a pipe holds.
    const pipeline = `'${process.execPath}' '${PROGRAM}' explain --all --json | (sleep 1; cat)`
    const { stdout } = spawnSync('sh', ['-c', pipeline], { encoding: 'utf8' })
    assert.ok(stdout.length > 65_536 + 16_384, String(stdout.length))
    assert.ok(Array.isArray(JSON.parse(stdout)))
  })

  test(
    'a full disk under the output is told and is no pass',
    { skip: !existsSync('/dev/full') },
    () => {
      const command = `'${process.execPath}' '${PROGRAM}' ${DRIFT.join(' ')} > /dev/full`
      const { status, stderr } = spawnSync('sh', ['-c', command], {
        cwd: exampleProject,
        encoding: 'utf8',
      })
      assert.equal(stderr, 'mlcheck: cannot write: no space is left\n')
      assert.equal(status, 2)
    },
  )

  test(
    'a full disk under the demonstration is no verdict',
    { skip: !existsSync('/dev/full') },
    () => {
      const command = `'${process.execPath}' '${PROGRAM}' demo flights > /dev/full`
      const { status } = spawnSync('sh', ['-c', command], { cwd: folder })
      assert.equal(status, 2)
    },
  )

  test('standard input is compared as the same file is', async () => {
    const child = start([...DRIFT.with(2, '-'), '--format', 'csv', '--json'], exampleProject)
    createReadStream(path.join(exampleProject, 'production', 'unchanged.csv')).pipe(child.stdin)
    let text = ''
    for await (const chunk of child.stdout.setEncoding('utf8')) text += String(chunk)
    const piped = JSON.parse(text) as Result
    const { stdout } = await runMlcheck([...DRIFT, '--json'], exampleProject)
    const named = JSON.parse(stdout) as Result
    assert.deepEqual(piped.columns, named.columns)
    assert.deepEqual(piped.verdict, named.verdict)
  })
})

test('an error that nobody caught ends with 70, whatever the run says', () => {
  // Thrown from a timer once the program listens, in the middle of a comparison that passes.
  const late = `
    const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return
      clearInterval(timer)
      throw new Error('late')
    }, 5)`
  const args = [`--import=data:text/javascript,${encodeURIComponent(late)}`, PROGRAM, ...DRIFT]
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: exampleProject,
    encoding: 'utf8',
  })
  assert.match(stderr, /^mlcheck: internal error: Error: late\n/)
  assert.equal(status, 70)
})

describe('an interruption', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`by ${signal} ends an audit with 130, no report, and no process left`, async () => {
      const project = path.join(folder, signal)
      await cp(exampleProject, project, { recursive: true })
      const marker = `mlcheck-test-${signal}-${String(process.pid)}`
      await corrupt(project, [
        { op: 'replace', file: 'model.yaml', find: '"{output}"', by: `"{output}", ${marker}` },
      ])
      await writeFile(path.join(project, 'predict.mjs'), waitingPredictor)
      const child = start(['audit', '--allow-run', '--report', 'json=r.json'], project)
      const end = ending(child)
      await waitUntil('the predictor and its child run', () => countProcesses(marker) >= 2)
      child.kill(signal)
      const { exitCode, stderr } = await end
      assert.equal(stderr, 'mlcheck: interrupted\n')
      assert.equal(exitCode, 130)
      assert.deepEqual(
        readdirSync(project).filter((name) => name.includes('r.json')),
        [],
      )
      await waitUntil('no process is left', () => countProcesses(marker) === 0)
    })
  }

  test('ends a comparison that waits for standard input', async () => {
    const child = start([...DRIFT.with(2, '-'), '--format', 'csv'], exampleProject)
    child.stdin.write('departure_hour\n')
    await sleep(2000)
    child.kill('SIGINT')
    const { exitCode, stderr } = await ending(child)
    assert.equal(stderr, 'mlcheck: interrupted\n')
    assert.equal(exitCode, 130)
  })

  test('ends a comparison of large files, without a report', async () => {
    const file = path.join(folder, 'large.csv')
    const rows = Array.from(
      { length: 20_000 },
      (_, row) => `${String(row)},${String(row % 97)}.5,x\n`,
    )
    await writeFile(file, 'a,b,c\n')
    for (let part = 0; part < 100; part += 1) appendFileSync(file, rows.join(''))
    const child = start(['drift', 'large.csv', 'large.csv', '--report', 'json=large.json'], folder)
    const end = ending(child)
    await sleep(700)
    assert.equal(child.exitCode, null)
    child.kill('SIGINT')
    const sent = performance.now()
    assert.equal((await end).exitCode, 130)
    assert.ok(performance.now() - sent < 20_000)
    assert.ok(!existsSync(path.join(folder, 'large.json')))
  })
})

const waitingPredictor = `
import { spawn } from 'node:child_process'
const marker = process.argv.at(-1)
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', marker], { stdio: 'ignore' })
process.on('SIGTERM', () => {})
setInterval(() => {}, 1000)
`

describe('the start of the program', () => {
  /** Words that occur in the package and nowhere in the program itself. */
  const packages: Readonly<Record<string, string>> = {
    yaml: 'tag:yaml.org,2002:',
    zod: 'invalid_union',
    'apache-arrow': 'ARROW1',
    hyparquet: 'parquet file invalid',
    'csv-parse': 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH',
    commander: 'commander.unknownOption',
  }
  const contains = (files: readonly string[], word: string): boolean =>
    files.some((file) => readFileSync(file, 'utf8').includes(word))

  test('the words that tell the packages apart are in the bundle', () => {
    const files = allFiles()
    for (const [name, word] of Object.entries(packages)) assert.ok(contains(files, word), name)
  })

  test('--version loads no package at all', () => {
    const files = loadedWith('main.js')
    for (const [name, word] of Object.entries(packages)) assert.ok(!contains(files, word), name)
    const bytes = files.reduce((sum, file) => sum + readFileSync(file).length, 0)
    assert.ok(bytes < 10_000, String(bytes))
  })

  test('--help and the parsing of flags load neither readers nor yaml nor zod', () => {
    const files = loadedWith(chunkOf('start'))
    const { commander, ...others } = packages
    assert.ok(contains(files, commander ?? ''))
    for (const [name, word] of Object.entries(others)) assert.ok(!contains(files, word), name)
  })

  test('--version says the version of the package, from any folder', async () => {
    const file = path.join(PROGRAM, '..', '..', 'package.json')
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
    assert.deepEqual(await runMlcheck(['--version'], folder), {
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
    const { stdout } = await runMlcheck(['--version', '--json'], folder)
    assert.equal(stdout, `${version}\n`)
  })
})
