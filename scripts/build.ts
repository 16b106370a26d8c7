/**
 * Bundles the program and the library with what they use into `dist/`, so that the package needs no
 * other at run time. Whatever a command does not need is a chunk of its own that is loaded when used.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { WASM_FILES } from '../src/source/wasm-files.ts'
import { licenceTexts } from './build/licences.ts'

const root = path.dirname(import.meta.dirname)
const dist = path.join(root, 'dist')

// In memory first: a build that fails leaves the last one as it was.
const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/cli/main.ts',
    index: 'src/index.ts',
    'programs/loopback-probe': 'src/runner/programs/loopback-probe.ts',
    'programs/onnx-worker': 'src/runner/programs/onnx-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  // Names stay, so that the stack of a reported defect can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  // Some of the bundled packages are CommonJS and ask for node's modules with require.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
rmSync(dist, { recursive: true, force: true })
for (const { path: file, contents } of outputFiles) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, contents)
}
const wasm = Object.values(WASM_FILES).map((file) => `node_modules/${file}`)
mkdirSync(path.join(dist, 'wasm'))
for (const file of wasm) {
  copyFileSync(path.join(root, file), path.join(dist, 'wasm', path.basename(file)))
}
writeFileSync(
  path.join(dist, 'THIRD_PARTY_LICENSES.txt'),
  licenceTexts([...Object.keys(metafile.inputs), ...wasm], root),
)
execFileSync(
  process.execPath,
  [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.types.json'],
  { cwd: root, stdio: 'inherit' },
)
