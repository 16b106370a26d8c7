import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import { createProgram } from '../../src/cli/program.ts'
import { EXIT_CODES } from '../../src/policy/exit-code.ts'
import { cli, fakeWorld, RecordingStream } from './harness.ts'

const commands = createProgram({
  world: fakeWorld(),
  apps: APPS,
  end: () => undefined,
}).commands.map((command) => command.name())

test('the general help names every command, what to type first, and the exit codes', async () => {
  const { exitCode, stdout, stderr } = await cli(['--help'])
  assert.equal(exitCode, 0)
  assert.equal(stderr, '')
  for (const command of commands) assert.match(stdout, new RegExp(`^  ${command}\\b`, 'm'))
  assert.match(stdout, /Examples:\n  mlcheck demo/)
  assert.match(stdout, /mlcheck help exit-codes/)
  assert.deepEqual(await cli(['help']), { exitCode, stdout, stderr })
  assert.deepEqual(await cli(['-h']), { exitCode, stdout, stderr })
})

describe('the help of', () => {
  for (const command of commands) {
    test(`${command} is on standard output, has an example and fits 100 columns`, async () => {
      const { exitCode, stdout, stderr } = await cli([command, '--help'])
      assert.equal(exitCode, 0)
      assert.equal(stderr, '')
      assert.match(stdout, new RegExp(`^Usage: mlcheck ${command}\\b`))
      assert.match(stdout, new RegExp(`\nExamples:\n(.*\n)*.*mlcheck ${command}\\b`))
      for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line)
      assert.deepEqual(await cli(['help', command]), { exitCode, stdout, stderr })
    })

    test(`${command} describes every argument and option`, async () => {
      const { stdout } = await cli([command, '--help'])
      const described = /^ {2}(-|[a-z]).*\S {2,}\S/
      const lists = /\n(?:Arguments|Options):\n((?: .*\n)+)/g
      const lines = [...stdout.matchAll(lists)].flatMap(([, list = '']) => list.split('\n'))
      const terms = lines.filter((line) => /^ {2}\S/.test(line))
      assert.ok(terms.length > 0)
      for (const line of terms) assert.match(line, described)
    })
  }

  test('drift and of profile says how to read standard input', async () => {
    for (const command of ['drift', 'profile']) {
      const { stdout } = await cli([command, '--help'])
      assert.match(stdout, /standard\s+input/)
      assert.match(stdout, /\| mlcheck (drift train\.csv|profile) - --format csv/)
    }
  })

  test('a command follows the width of a terminal', async () => {
    const stdout = new RecordingStream({ isTTY: true, columns: 72 })
    await cli(['help', 'schema'], { stdout })
    for (const line of stdout.text.split('\n')) assert.ok(line.length <= 72, line)
  })
})

test('every example of the help is a command line that the program accepts', async () => {
  const helps = await Promise.all(commands.map((command) => cli([command, '--help'])))
  const examples = helps.flatMap(({ stdout }) =>
    [...stdout.matchAll(/^ {2}(?:.*\| )?mlcheck ([^(>\n]*)/gm)].map(([, line = '']) =>
      [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word),
    ),
  )
  assert.ok(examples.length >= 20)
  for (const args of examples) {
    const { stderr } = await cli(args)
    // What needs files gets as far as its work, which the harness does not give.
    assert.doesNotMatch(
      stderr,
      /unknown|invalid|missing|too many|no command|no report|--help/,
      args.join(' '),
    )
  }
})

test('help exit-codes lists every exit code with its meaning and their order', async () => {
  const { exitCode, stdout } = await cli(['help', 'exit-codes'])
  assert.equal(exitCode, 0)
  const words = stdout.replace(/\s+/g, ' ')
  for (const { code, meaning } of EXIT_CODES) {
    assert.ok(words.includes(` ${String(code)} ${meaning}`), `${String(code)} ${meaning}`)
  }
  assert.ok(words.includes('70 > 130 > 2 > 1 > 3 > 4 > 0'))
})
