import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What a folder outlives: a test (`t`), or the whole file (`{ after }`). */
interface Lifetime {
  after(clean: () => void): void
}

/** A folder with these files, gone afterwards. A name that ends in `/` makes a folder. */
export function scratchFolder(
  lifetime: Lifetime,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mlcheck-test-')))
  lifetime.after(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(name.endsWith('/') ? file : path.dirname(file), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(file, content)
  }
  return folder
}
