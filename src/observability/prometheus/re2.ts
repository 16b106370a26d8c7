import {
  parseRe2,
  Re2Error,
  type Assertion,
  type CharacterTest,
  type Re2Node,
} from './re2-syntax.ts'

/** Repetitions are written out. */
const PROGRAM_LIMIT = 20_000

export type CompiledRe2 =
  | { readonly matches: (text: string) => boolean; readonly problem?: undefined }
  | { readonly matches?: undefined; readonly problem: string }

/**
 * Compiles a regular expression that must match a whole text, as the ones of Prometheus and
 * Alertmanager do. All alternatives are followed at once, so that a match takes O(text × pattern)
 * whatever the pattern is.
 *
 * @returns the test, or why RE2 refuses the pattern; never throws
 */
export function compileRe2(pattern: string): CompiledRe2 {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const made = compile(pattern)
  if (compiled.size >= CACHED) compiled.clear()
  compiled.set(pattern, made)
  return made
}

/** Rules and dashboards repeat the same few patterns. */
const CACHED = 500
const compiled = new Map<string, CompiledRe2>()

type Step =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'assertion'; readonly holds: Assertion }
  | { readonly kind: 'split'; readonly targets: number[] }

function compile(pattern: string): CompiledRe2 {
  try {
    const program: Step[] = []
    append(parseRe2(pattern), program)
    return { matches: (text) => run(program, text) }
  } catch (error) {
    if (error instanceof Re2Error) return { problem: error.message }
    throw error
  }
}

function append(node: Re2Node, program: Step[]): void {
  if (program.length > PROGRAM_LIMIT) throw new Re2Error('too large')
  switch (node.kind) {
    case 'character':
    case 'assertion':
      program.push(node)
      return
    case 'sequence':
      for (const item of node.items) append(item, program)
      return
    case 'choice':
      appendChoice(node.options, program)
      return
    case 'repeat':
      appendRepeat(node, program)
      return
  }
}

function appendChoice(options: readonly Re2Node[], program: Step[]): void {
  const fork = split(program)
  const ends: number[][] = []
  for (const option of options) {
    fork.push(program.length)
    append(option, program)
    ends.push(split(program))
  }
  for (const end of ends) end.push(program.length)
}

function appendRepeat(
  { of, least, most }: Extract<Re2Node, { kind: 'repeat' }>,
  program: Step[],
): void {
  for (let count = 0; count < least; count += 1) append(of, program)
  if (most === Infinity) {
    const at = program.length
    const fork = split(program)
    fork.push(program.length)
    append(of, program)
    split(program).push(at)
    fork.push(program.length)
    return
  }
  const skips: number[][] = []
  for (let count = least; count < most; count += 1) {
    const fork = split(program)
    fork.push(program.length)
    skips.push(fork)
    append(of, program)
  }
  for (const skip of skips) skip.push(program.length)
}

function split(program: Step[]): number[] {
  const targets: number[] = []
  program.push({ kind: 'split', targets })
  return targets
}

function run(program: readonly Step[], text: string): boolean {
  const characters = Array.from(text)
  let current = new Set<number>()
  reach(program, 0, current, '', characters[0] ?? '')
  for (const [index, character] of characters.entries()) {
    const next = new Set<number>()
    const after = characters[index + 1] ?? ''
    for (const at of current) {
      const step = program[at]
      if (step?.kind === 'character' && step.test(character)) {
        reach(program, at + 1, next, character, after)
      }
    }
    current = next
    if (current.size === 0) return false
  }
  return current.has(program.length)
}

/** Adds every step that is reached without a character. */
function reach(
  program: readonly Step[],
  from: number,
  into: Set<number>,
  before: string,
  after: string,
): void {
  const open = [from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (into.has(at)) continue
    into.add(at)
    const step = program[at]
    if (step?.kind === 'split') open.push(...step.targets)
    else if (step?.kind === 'assertion' && step.holds(before, after)) open.push(at + 1)
  }
}
