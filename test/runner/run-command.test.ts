import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CommandLimits, CommandLine, CommandResult } from '../../src/runner/command.ts'
import { createRunner, type Runner } from '../../src/runner/runner.ts'

const SCRIPT = fileURLToPath(new URL('../../fixtures/runner/misbehave.mjs', import.meta.url))
const root = realpathSync(mkdtempSync(join(tmpdir(), 'runner-test-')))
const project = mkdtempSync(join(root, 'project-'))
const temporaryRoot = mkdtempSync(join(root, 'temporary-'))

const runnerWith = (isolation: 'auto' | 'none', signal?: AbortSignal): Runner =>
  createRunner({
    folder: project,
    temporaryRoot,
    environment: { PATH: process.env['PATH'], SECRET_TOKEN: 'hunter2' },
    isolation,
    limits: { timeoutMs: 5000, graceMs: 200 },
    ...(signal === undefined ? {} : { signal }),
  })
const runners = { auto: runnerWith('auto'), none: runnerWith('none') } as const

after(async () => {
  await Promise.all(Object.values(runners).map((runner) => runner.dispose()))
  rmSync(root, { recursive: true, force: true })
})

const line = (way: string, ...args: string[]): CommandLine => [
  process.execPath,
  SCRIPT,
  way,
  ...args,
]

function run(
  isolation: 'auto' | 'none',
  way: string,
  limits: Partial<CommandLimits> = {},
  ...args: string[]
): Promise<CommandResult> {
  return runners[isolation].run({ line: line(way, ...args), limits })
}

for (const isolation of ['auto', 'none'] as const) {
  test(`a command that ignores SIGTERM is ended all the same (${isolation})`, async () => {
    const { end, durationMs } = await run(isolation, 'ignore-sigterm', { timeoutMs: 300 })
    assert.deepEqual(end, { kind: 'timed-out' })
    assert.ok(durationMs < 3000, String(durationMs))
  })

  test(`a flood of output ends the command and only its head is kept (${isolation})`, async () => {
    const { end, stdout } = await run(isolation, 'flood', {
      captureBytes: 1000,
      floodBytes: 1 << 20,
    })
    assert.deepEqual(end, { kind: 'flooded' })
    assert.equal(stdout.text.length, 1000)
    assert.ok(stdout.bytes > 1 << 20)
  })

  test(`a child that is left behind ends with the command (${isolation})`, async () => {
    const marker = join(temporaryRoot, `child-${isolation}`)
    const { end, durationMs } = await run(isolation, 'leave-child', {}, marker)
    assert.deepEqual(end, { kind: 'exited', exitCode: 0 })
    assert.ok(durationMs < 1900, String(durationMs))
    assert.equal(await growth(marker), 0)
  })

  test(`an abort ends the command (${isolation})`, async () => {
    const controller = new AbortController()
    const runner = runnerWith(isolation, controller.signal)
    const running = runner.run({ line: line('sleep') })
    setTimeout(() => controller.abort(), 300)
    assert.deepEqual((await running).end, { kind: 'aborted' })
    assert.deepEqual((await runner.run({ line: line('sleep') })).end, { kind: 'aborted' })
    await runner.dispose()
  })

  test(`much output is kept to the limit and does not end the command (${isolation})`, async () => {
    const { end, stdout } = await run(isolation, 'much-output')
    assert.deepEqual(end, { kind: 'exited', exitCode: 0 })
    assert.equal(stdout.text.length, 1 << 20)
    assert.equal(stdout.bytes, 3 << 20)
  })

  test(`a failure keeps its exit code and its last words (${isolation})`, async () => {
    const { end, stderr } = await run(isolation, 'exit-1')
    assert.deepEqual(end, { kind: 'exited', exitCode: 1 })
    assert.equal(stderr.text, 'Traceback: model not found\n')
  })

  test(`arguments reach the command unchanged but for placeholders, wherever they stand (${isolation})`, async () => {
    const args = [
      '{input}',
      '--in={input}',
      '{other}',
      '$HOME',
      '; echo no',
      '*',
      'two words',
      '',
      'ünï"\'',
    ]
    const { stdout } = await runners[isolation].run({
      line: line('show-arguments', ...args),
      placeholders: { '{input}': '/some/{other}' },
    })
    const filled = ['/some/{other}', '--in=/some/{other}']
    assert.deepEqual(JSON.parse(stdout.text), [...filled, ...args.slice(2)])
  })

  test(`exit code 128 + n is signal n, whether a shell stands between or not (${isolation})`, async () => {
    for (const script of ['kill -SEGV $$', 'sh -c "kill -SEGV \\$\\$"; exit $?', 'exit 139']) {
      const { end } = await runners[isolation].run({ line: ['sh', '-c', script] })
      assert.deepEqual(end, { kind: 'signalled', signal: 'SIGSEGV' }, script)
    }
    for (const exitCode of [1, 127, 128, 255]) {
      const { end } = await runners[isolation].run({
        line: ['sh', '-c', `exit ${String(exitCode)}`],
      })
      assert.deepEqual(end, { kind: 'exited', exitCode })
    }
  })

  test(`a time limit beyond what a timer holds is no time-out (${isolation})`, async () => {
    const limits = { timeoutMs: 100 * 7 * 86_400_000 }
    const { end } = await runners[isolation].run({ line: ['sh', '-c', 'sleep 0.2'], limits })
    assert.deepEqual(end, { kind: 'exited', exitCode: 0 })
  })

  test(`the environment is an allow-list with a private temporary folder (${isolation})`, async () => {
    const { stdout } = await runners[isolation].run({
      line: line('show-environment'),
      environment: { PYTHONHASHSEED: '7' },
    })
    const seen = JSON.parse(stdout.text) as Readonly<Record<string, string>>
    assert.equal(seen['SECRET_TOKEN'], undefined)
    assert.equal(seen['PYTHONHASHSEED'], '7')
    assert.equal(seen['TZ'], 'UTC')
    assert.ok(seen['TMPDIR']?.startsWith(temporaryRoot))
  })
}

/** By how much a file that a left child writes to grows in a fifth of a second. */
async function growth(marker: string): Promise<number> {
  const size = () => (existsSync(marker) ? statSync(marker).size : 0)
  const before = size()
  await delay(200)
  return size() - before
}

test('where process namespaces exist, a child with a session of its own ends too', async () => {
  const marker = join(temporaryRoot, 'session')
  const { isolation } = await run('auto', 'leave-session', {}, marker)
  const grew = await growth(marker)
  assert.equal(grew === 0, isolation.includes('process-namespace'))
})

test('where the folder is protected, the project stays as it was', async () => {
  const { isolation } = await run('auto', 'write-project')
  const isProtected = isolation.some(
    (name) => name.endsWith('-folder') && name !== 'private-temporary-folder',
  )
  assert.equal(existsSync(join(project, 'made-by-command')), !isProtected)
  const plain = await run('none', 'write-project')
  assert.ok(!plain.isolation.some((name) => /^(copy-on-write|read-only)/.test(name)))
  assert.ok(existsSync(join(project, 'made-by-command')))
})

test('where network namespaces exist, not even the loopback of the machine is reached', async () => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const isolated = await run('auto', 'use-network', {}, port)
  const plain = await run('none', 'use-network', {}, port)
  server.close()
  const reached = { kind: 'exited', exitCode: 0 } as const
  const refused = { kind: 'exited', exitCode: 9 } as const
  assert.deepEqual(isolated.end, isolated.isolation.includes('no-network') ? refused : reached)
  assert.deepEqual(plain.end, reached)
})

test('where memory is limited, eating it ends the command and not the machine', async () => {
  const { end, isolation } = await run('none', isLimited() ? 'eat-memory' : 'exit-1', {
    memoryBytes: 512 << 20,
  })
  assert.equal(isolation.includes('memory-limit'), isLimited())
  assert.ok(end.kind === 'signalled' || (end.kind === 'exited' && end.exitCode !== 0))
})

test('where memory is limited, so is the size of a file', async () => {
  const file = join(temporaryRoot, 'much')
  const { end, isolation } = await run('none', 'write-much', { fileBytes: 4 << 20 }, file)
  assert.equal(isolation.includes('memory-limit'), isLimited())
  const stopped = { kind: 'exited', exitCode: isLimited() ? 9 : 0 } as const
  assert.deepEqual(end, stopped)
  assert.equal(statSync(file).size, isLimited() ? 4 << 20 : 64 << 20)
})

test('no variable of ours reaches a command but those on the list', async () => {
  const allowed = ['PATH', 'HOME', 'VIRTUAL_ENV', 'PYTHONPATH', 'LD_LIBRARY_PATH']
  const secrets = ['AWS_SECRET_ACCESS_KEY', 'HTTPS_PROXY', 'GITHUB_TOKEN', 'NODE_OPTIONS', 'LANG']
  const environment = Object.fromEntries([...allowed, ...secrets].map((name) => [name, 'value']))
  const runner = createRunner({
    folder: project,
    temporaryRoot,
    environment: { ...environment, PATH: process.env['PATH'] },
    isolation: 'none',
  })
  const { stdout } = await runner.run({ line: line('show-environment') })
  await runner.dispose()
  const ours = ['LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP']
  const python = ['PYTHONDONTWRITEBYTECODE', 'PYTHONUNBUFFERED']
  // Node itself hands this one to its children while coverage is measured.
  const seen = Object.keys(JSON.parse(stdout.text) as object).filter(
    (name) => name !== 'NODE_V8_COVERAGE',
  )
  assert.deepEqual(seen.sort(), [...allowed, ...ours, ...python].sort())
})

test('the runner says what protected its commands, and nothing before the first', async () => {
  const runner = runnerWith('none')
  assert.deepEqual(runner.isolation(), [])
  const { isolation } = await runner.run({ line: line('exit-1') })
  assert.deepEqual(runner.isolation(), isolation)
  const always = [
    'environment-allow-list',
    'private-temporary-folder',
    'time-limit',
    'output-limit',
  ]
  assert.deepEqual(isolation, [...always, ...(isLimited() ? ['memory-limit'] : [])])
  await runner.dispose()
})

for (const isolation of ['auto', 'none'] as const) {
  test(`where setpriv can, a command ends with the one that started it, even if that is killed (${isolation})`, async (context) => {
    if (!canTie()) {
      context.skip('no setpriv with --pdeathsig')
      return
    }
    const marker = join(temporaryRoot, `tied-${isolation}`)
    const runner = new URL('../../src/runner/runner.ts', import.meta.url).href
    const options = { folder: project, temporaryRoot, environment: { PATH: process.env['PATH'] } }
    const own = `import { createRunner } from ${JSON.stringify(runner)}
const runner = createRunner({ ...${JSON.stringify(options)}, isolation: '${isolation}' })
await runner.run({ line: ['sh', '-c', 'trap "" TERM; while :; do echo x >> "$0"; sleep 0.05; done', ${JSON.stringify(marker)}] })
`
    const audit = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', own], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: 'ignore',
    })
    for (let wait = 0; wait < 200 && !existsSync(marker); wait++) await delay(50)
    assert.ok(existsSync(marker), 'the command never wrote')
    audit.kill('SIGKILL')
    await delay(300)
    assert.equal(await growth(marker), 0)
  })
}

function canTie(): boolean {
  return spawnSync('setpriv', ['--pdeathsig', 'KILL', '--', 'sh', '-c', ':']).status === 0
}

test('a time limit ends the whole group, not only its leader', async () => {
  const marker = join(temporaryRoot, 'group')
  const { end } = await run('none', 'keep-child', { timeoutMs: 600 }, marker)
  assert.deepEqual(end, { kind: 'timed-out' })
  assert.ok(statSync(marker).size > 0, 'the child never wrote')
  assert.equal(await growth(marker), 0)
})

function isLimited(): boolean {
  return (process.env['PATH'] ?? '').split(':').some((place) => existsSync(join(place, 'prlimit')))
}

test('a signal is told apart from an exit', async () => {
  assert.deepEqual((await run('none', 'kill-self')).end, { kind: 'signalled', signal: 'SIGKILL' })
})

test('what cannot be started is a value', async () => {
  const runner = runners.none
  for (const program of ['no-such-program', './missing', project, 'nul\0byte']) {
    const { end } = await runner.run({ line: [program] })
    assert.equal(end.kind, 'not-started', program)
  }
  const { end } = await runner.run({ line: [process.execPath, 'nul\0byte'] })
  assert.equal(end.kind, 'not-started')
})

test('dispose removes what was made', async () => {
  const runner = runnerWith('auto')
  const folder = await runner.temporaryFolder()
  await runner.run({ line: line('exit-1') })
  await runner.dispose()
  assert.ok(!existsSync(folder))
})
