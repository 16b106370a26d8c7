import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entriesOnTarget } from '../../src/locks/production-target.ts'
import { readRequirements } from '../../src/locks/requirements.ts'
import { versionRules } from '../../src/locks/read-dependencies.ts'

const LINES = [
  'always==1',
  'old==1 ; python_version < "3.11"',
  'new==1 ; python_full_version >= "3.11.4"',
  'windows==1 ; sys_platform == "win32"',
  'mac==1 ; platform_system == "Darwin" or os_name == "nt"',
  'arm==1 ; platform_machine == "aarch64"',
].join('\n')

const namesOn = async (python: readonly string[], isLinux: boolean) => {
  const load = () => Promise.resolve(new TextEncoder().encode(LINES))
  const { entries } = await readRequirements(['requirements.txt'], load)
  const found = entriesOnTarget(entries, { python, isLinux }, await versionRules())
  return found.map(({ name }) => name).join(' ')
}

test('what no environment of production installs provides nothing there', async () => {
  assert.equal(await namesOn([], false), 'always old new windows mac arm')
  assert.equal(await namesOn(['3.11'], false), 'always new windows mac arm')
  assert.equal(await namesOn(['3.10.2'], true), 'always old arm')
  assert.equal(await namesOn(['3.10', '3.12'], true), 'always old new arm')
  assert.equal(await namesOn(['3'], false), 'always old new windows mac arm')
})
