import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import path from 'node:path'
import { before, describe, test, type TestContext } from 'node:test'
import { APPS } from '../../src/cli/apps.ts'
import { commandTree, type CommandNode } from '../../src/cli/completion/command-tree.ts'
import { createProgram } from '../../src/cli/program.ts'
import { cli, fakeWorld } from './harness.ts'
import { scratchFolder } from '../scratch-folder.ts'

// No package: a shell that may be there.
const FISH = 'fish'

const program = createProgram({ world: fakeWorld(), apps: APPS, end: () => undefined })
const commands: readonly CommandNode[] = commandTree(program, {})
const names = commands.map(({ name }) => name)

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, stdout, stderr } = await cli(['completion', shell])
  assert.equal(exitCode, 0, stderr)
  assert.equal(stderr, '')
  return stdout
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}

/** Has a shell parse a script without running it. */
function parse(t: TestContext, shell: string, script: string): void {
  const file = path.join(scratchFolder(t, { script }), 'script')
  const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
  assert.equal(stderr, '')
  assert.equal(status, 0)
}

describe('the bash script', () => {
  let script: string
  before(async () => {
    script = await scriptFor('bash')
  })

  /** What bash offers for the last of these words, split as readline splits them. */
  function offered(...words: readonly string[]): readonly string[] {
    const line = ['mlcheck', ...words].map((word) => `'${word}'`).join(' ')
    const ask = `COMP_WORDS=(${line}); COMP_CWORD=${String(words.length)}; _mlcheck; printf '%s\\n' "\${COMPREPLY[@]}"`
    const text = execFileSync('bash', ['--norc', '-c', `${script}\n${ask}`], { encoding: 'utf8' })
    return text.split('\n').filter((word) => word !== '')
  }

  test('parses', (t) => {
    parse(t, 'bash', script)
  })

  test('completes commands', () => {
    assert.deepEqual(offered(''), [...names, '--help', '--version'])
    assert.deepEqual(offered('au'), ['audit'])
    assert.deepEqual(offered('x'), [])
  })

  test('completes the flags of each command, and no others', () => {
    for (const { name, options } of commands) {
      const flags = options
        .flatMap((option) => option.names)
        .filter((flag) => flag.startsWith('--'))
      assert.deepEqual(offered(name, '--'), flags)
    }
    assert.deepEqual(offered('audit', '--ph'), ['--phase'])
    assert.deepEqual(offered('schema', '--ph'), [])
  })

  test('completes the values of a flag, also after "="', () => {
    assert.deepEqual(offered('audit', '--phase', ''), ['before', 'during', 'after', 'all'])
    assert.deepEqual(offered('audit', '--phase', 'd'), ['during'])
    assert.deepEqual(offered('drift', 'a.csv', 'b.csv', '--rule', 'e'), ['evidently'])
    assert.deepEqual(offered('drift', '--color', '='), ['auto', 'always', 'never'])
    assert.deepEqual(offered('drift', '--color', '=', 'al'), ['always'])
  })

  test('completes the words of an argument', () => {
    assert.deepEqual(offered('completion', ''), ['bash', 'zsh', 'fish'])
    assert.deepEqual(offered('help', 'exit'), ['exit-codes'])
    assert.deepEqual(offered('help', 'dr'), ['drift'])
    assert.deepEqual(offered('schema', 're'), ['result'])
    assert.deepEqual(offered('explain', 'data.inp'), ['data.input-schema'])
  })

  test('leaves files to the shell', () => {
    assert.deepEqual(offered('drift', 'a'), [])
    assert.deepEqual(offered('audit', '--manifest', ''), [])
  })
})

for (const shell of ['zsh', 'fish']) {
  describe(`the ${shell} script`, () => {
    let script: string
    before(async () => {
      script = await scriptFor(shell)
    })

    test('names every command, every flag and every value', () => {
      for (const { name, options } of commands) {
        assert.ok(script.includes(name))
        for (const { names: flags, values } of options) {
          for (const flag of flags) {
            assert.ok(script.includes(shell === 'fish' ? fishFlag(flag) : flag), flag)
          }
          assert.ok(script.includes(values.join(' ')), flags.join())
        }
      }
    })

    test('closes every quote on its line and leaves no line break in a description', () => {
      for (const line of script.split('\n').filter((text) => /description|\[|-d /.test(text))) {
        const bare = line.replaceAll("'\\''", '').replaceAll("\\'", '')
        assert.equal((bare.match(/'/g) ?? []).length % 2, 0, line)
      }
    })

    if (isInstalled(shell)) {
      test('parses', (t) => {
        parse(t, shell, script)
      })
    }
  })
}

if (isInstalled(FISH)) {
  test('fish completes commands, flags, values and words', async () => {
    const script = await scriptFor('fish')
    const offered = (line: string): readonly string[] =>
      execFileSync(FISH, ['--no-config', '-c', `${script}\ncomplete -C '${line}'`], {
        encoding: 'utf8',
      })
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => text.split('\t')[0] ?? '')
    assert.deepEqual(offered('mlcheck au'), ['audit'])
    assert.deepEqual(offered('mlcheck audit --ph'), ['--phase'])
    assert.deepEqual([...offered('mlcheck audit --phase ')].sort(), [
      'after',
      'all',
      'before',
      'during',
    ])
    assert.deepEqual([...offered('mlcheck completion ')].sort(), ['bash', 'fish', 'zsh'])
  })
}

function fishFlag(flag: string): string {
  return flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`
}
