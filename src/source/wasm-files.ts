import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** The programs of the parser and where their packages keep them; a build copies them to `dist/wasm`. */
export const WASM_FILES = {
  parser: 'web-tree-sitter/web-tree-sitter.wasm',
  python: 'tree-sitter-python/tree-sitter-python.wasm',
} as const

/**
 * The bytes of a WebAssembly file: of the bundle beside it or one folder up (a chunk), else of the
 * installed package.
 *
 * @throws Error when the installation is not complete, which no user can cause.
 */
export function readWasm(name: keyof typeof WASM_FILES): Uint8Array {
  const file = WASM_FILES[name]
  const here = import.meta.dirname
  const shipped = ['wasm', '../wasm']
    .map((folder) => path.join(here, folder, path.basename(file)))
    .find((place) => existsSync(place))
  return readFileSync(shipped ?? createRequire(import.meta.url).resolve(file))
}
