import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The text of a file in fixtures/observability. */
export function fixture(name: string): string {
  return readFileSync(
    fileURLToPath(new URL(`../../fixtures/observability/${name}`, import.meta.url)),
    'utf8',
  )
}
