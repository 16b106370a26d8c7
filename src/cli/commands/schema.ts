import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { print, type Session } from '../session.ts'
import { unknownName } from '../unknown-name.ts'

const EXAMPLES = `
Examples:
  mlcheck schema
  mlcheck schema model > model.schema.json`

const FOLDER = 'schemas'
const SUFFIX = '.schema.json'

export function addSchemaCommand(program: Command, session: Session): void {
  program
    .command('schema')
    .summary('print the JSON Schema of a file')
    .description('Prints the JSON Schema (draft-07) of a file that mlcheck reads or writes.')
    .argument('[name]', 'which schema; without it, the names are listed')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined) => {
      const { packageRoot } = session.world
      const names = await schemaNames(packageRoot)
      if (name === undefined) {
        await print(session, `${names.join('\n')}\n`)
      } else if (names.includes(name)) {
        await print(session, await readFile(path.join(packageRoot, FOLDER, name + SUFFIX), 'utf8'))
      } else {
        throw unknownName('schema', name, names)
      }
      session.end(0)
    })
}

/** The schemas of an installed package, in the order of the alphabet. */
export async function schemaNames(packageRoot: string): Promise<readonly string[]> {
  const files = await readdir(path.join(packageRoot, FOLDER))
  return files
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort()
}
