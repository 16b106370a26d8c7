import path from 'node:path'
import type { Checklist, KnownCheck } from './checklist.ts'
import { finishItem } from './finish-item.ts'
import { mergeItems, type MergedItem } from './merge-checklists.ts'
import { quoted } from './printable.ts'
import { throwProblems, type Problem } from './problems.ts'
import { exists, realLocation } from './repository.ts'
import { validate } from './validate.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

/**
 * The shipped lists by the name that `extends` gives them, from the folder of the default one. Locations
 * name them below `mlcheck/`: their real path says more of the machine than of the list.
 */
const SHIPPED: Readonly<Record<string, string>> = {
  default: 'checklist.yaml',
  'ml-test-score': 'profiles/ml-test-score.yaml',
}

const SHOWN_BELOW = 'mlcheck/'

/** The names of the shipped lists. */
export const SHIPPED_LISTS: readonly string[] = Object.keys(SHIPPED)

function shippedPlace(name: string, defaultPath: string): Place | undefined {
  const file = Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : undefined
  if (file === undefined) return undefined
  const absolute = name === 'default' ? defaultPath : path.resolve(path.dirname(defaultPath), file)
  return { absolute, shownAs: `${SHOWN_BELOW}${file}` }
}

/**
 * Where a list is that was shown as one of `Checklist.files`.
 *
 * @param defaultPath where the shipped default list is
 */
export function checklistPath(shown: string, defaultPath: string, cwd: string): string {
  const shipped = SHIPPED_LISTS.map((name) => shippedPlace(name, defaultPath))
  return shipped.find((place) => place?.shownAs === shown)?.absolute ?? path.resolve(cwd, shown)
}

export interface ChecklistOptions {
  /** The absolute path of the shipped checklist. */
  readonly defaultPath: string
  /** The checks that items may name. */
  readonly checks: readonly KnownCheck[]
  /** What a relative path is relative to; the working directory if not given. */
  readonly cwd?: string
}

/**
 * Loads a checklist with everything it extends.
 *
 * @param file a path, or the name of a shipped list: `default`, `ml-test-score`
 * @throws ConfigurationError when a file is not valid, lists extend each other in a circle, an item is
 * incomplete, or names a check, a parameter or a block of the manifest that there is not
 */
export async function loadChecklist(file: string, options: ChecklistOptions): Promise<Checklist> {
  const { cwd = '.', defaultPath } = options
  const place = shippedPlace(file, defaultPath) ?? {
    absolute: path.resolve(cwd, file),
    shownAs: file,
  }
  const { yaml, merged, files, score } = await readList(place, defaultPath, [])
  const { modelSchema } = await import('./model-schema.ts')
  const { impossibleStep } = await import('./schema-walk.ts')
  const problems: Problem[] = []
  const checks = new Map(options.checks.map((check) => [check.id, check]))
  const ids = merged.map(({ item }) => item.id)
  const items = merged.map((each) => {
    const others = ids.filter((id) => id !== each.item.id)
    return finishItem(each, others, {
      checks,
      problems,
      impossibleStep: (steps) => impossibleStep(modelSchema, steps),
    })
  })
  throwProblems(problems)
  return {
    file: yaml.file,
    files,
    locate: yaml.locate,
    score,
    items: items.filter((item) => item !== undefined),
  }
}

interface Place {
  readonly absolute: string
  readonly shownAs: string
}

interface ReadList {
  readonly yaml: YamlFile
  readonly merged: readonly MergedItem[]
  readonly files: readonly string[]
  readonly score: Checklist['score']
}

/** @param above the files that extend this one, the outermost first */
async function readList(
  { absolute, shownAs }: Place,
  defaultPath: string,
  above: readonly string[],
): Promise<ReadList> {
  const yaml = await readYamlFile(absolute, shownAs)
  const { checklistSchema } = await import('./checklist-schema.ts')
  const { extends: from, items: written = [], score } = validate(yaml, checklistSchema)
  const chain = [...above, await realLocation(absolute)]
  const base =
    from === undefined ? undefined : await readBase(yaml, absolute, from, defaultPath, chain)
  const { items, problems } = mergeItems(base?.merged ?? [], yaml, written)
  throwProblems(problems)
  const files = [...(base?.files ?? []), shownAs]
  return { yaml, merged: items, files, score: score ?? base?.score ?? null }
}

async function readBase(
  yaml: YamlFile,
  absolute: string,
  from: string,
  defaultPath: string,
  chain: readonly string[],
): Promise<ReadList> {
  const place = shippedPlace(from, defaultPath) ?? {
    absolute: path.resolve(path.dirname(absolute), from),
    shownAs: path.posix.join(path.posix.dirname(yaml.file), from),
  }
  const refusal = (message: string): Problem => ({
    file: yaml,
    location: yaml.locate(['extends']),
    message: `extends: ${message}`,
  })
  const real = await realLocation(place.absolute)
  if (chain.includes(real)) throwProblems([refusal('the lists extend each other in a circle')])
  if (!(await exists(real))) {
    throwProblems([
      refusal(
        `${quoted(from)} is neither \`default\` nor \`ml-test-score\` nor the path of a file that is there`,
      ),
    ])
  }
  return readList(place, defaultPath, chain)
}
