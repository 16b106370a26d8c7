/**
 * Packs the package as it would be published, lints the tarball, installs it alone into an empty
 * folder and runs the program and the library from there.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const folder = mkdtempSync(path.join(os.tmpdir(), 'mlcheck-package-'))

function run(file: string, args: readonly string[], cwd: string): string {
  return execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function expect(what: string, condition: boolean): void {
  if (!condition) throw new Error(`packed package: ${what}`)
  process.stdout.write(`ok: ${what}\n`)
}

try {
  const packed = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], root),
  ) as readonly { readonly filename: string; readonly unpackedSize: number }[]
  const tarball = path.join(folder, packed[0]?.filename ?? '')
  process.stdout.write(
    `${path.basename(tarball)}: ${String(packed[0]?.unpackedSize)} bytes unpacked\n`,
  )

  run('npx', ['--no-install', 'publint', 'run', tarball, '--strict'], root)
  process.stdout.write(run('npx', ['--no-install', 'attw', tarball, '--profile', 'esm-only'], root))

  writeFileSync(path.join(folder, 'package.json'), '{"private": true, "type": "module"}\n')
  run('npm', ['install', '--omit=dev', '--offline', '--no-audit', '--no-fund', tarball], folder)
  const manifest = JSON.parse(
    readFileSync(path.join(folder, 'node_modules', 'mlcheck', 'package.json'), 'utf8'),
  ) as { readonly version: string; readonly dependencies?: object }
  const program = path.join(folder, 'node_modules', 'mlcheck', 'bin', 'mlcheck.js')

  expect('needs no other package', manifest.dependencies === undefined)
  expect(
    'prints its version',
    run(process.execPath, [program, '--version'], folder).trim() === manifest.version,
  )
  const demo = run(process.execPath, [program, 'demo', path.join(folder, 'demo')], folder)
  expect('runs the demo', demo.includes('exit 1') && demo.includes('exit 0'))
  const exported = run(
    process.execPath,
    ['--input-type=module', '-e', "console.log(Object.keys(await import('mlcheck')).length)"],
    folder,
  )
  expect('can be imported as a library', Number(exported) > 0)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
