/** Writes the JSON Schemas that editors and consumers use; `--check` only says whether they are current. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { jsonSchemas } from './schemas/json-schemas.ts'

const folder = path.join(path.dirname(import.meta.dirname), 'schemas')
const checkOnly = process.argv.includes('--check')

mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas())) {
  const file = path.join(folder, `${name}.schema.json`)
  const text = `${JSON.stringify(schema, null, 2)}\n`
  if (!checkOnly) writeFileSync(file, text)
  else if (readOrEmpty(file) !== text) {
    process.stderr.write(`${file} is not current: run npx tsx scripts/generate-schemas.ts\n`)
    process.exitCode = 1
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
