import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Texts of packages that declare a licence and ship none; the names of the holders are their own words. */
const OWN_TEXTS = path.join(import.meta.dirname, 'licence-texts')

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/**
 * The licence texts of all packages that a bundle contains.
 *
 * @param inputs paths of the bundled files, relative to `root`.
 * @throws Error when a package has no licence text: it could not be shipped.
 */
export function licenceTexts(inputs: readonly string[], root: string): string {
  const folders = new Set(
    inputs.map((input) => PACKAGE.exec(input)?.[1]).filter((folder) => folder !== undefined),
  )
  return [...folders]
    .sort()
    .map((folder) => licenceText(path.join(root, folder)))
    .join(`\n${'-'.repeat(78)}\n\n`)
}

function licenceText(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const { name, version, license } = manifest as {
    readonly name: string
    readonly version: string
    readonly license?: string
  }
  const shipped = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .sort()
    .map((file) => path.join(folder, file))
  const own = path.join(OWN_TEXTS, `${name}.txt`)
  const files = shipped.length === 0 && existsSync(own) ? [own] : shipped
  if (files.length === 0) throw new Error(`${name} has no licence text`)
  const texts = files.map((file) => readFileSync(file, 'utf8').trim())
  return `${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}\n`
}
