import type { Inspection } from '../../../src/artifacts/artifact.ts'

/** Content that refers to something that the original does not refer to. */
export interface Planted {
  readonly name: string
  readonly bytes: Buffer
  /** Whether a reader that has come this far must have seen what it calls. */
  readonly isCertain: boolean
}

/** Runs `true`, and leaves the stack as it was. */
const CALL = Buffer.from('cos\nsystem\n(Vtrue\ntR0')
const STOP = 0x2e

/** A whole call of a command, where a pickle would make it. */
export function plantedCalls(bytes: Buffer): readonly Planted[] {
  if (bytes[0] !== 0x80 || (bytes[1] as number) > 5) return []
  const call = (name: string, at: number, more = ''): Planted => ({
    name,
    bytes: Buffer.concat([bytes.subarray(0, at), CALL, Buffer.from(more), bytes.subarray(at)]),
    isCertain: at === 2,
  })
  const first = call('a call at the start', 2)
  if (bytes.at(-1) !== STOP) return [first]
  const last = call('a call before the end', bytes.length - 1)
  return [first, last, call('a call in a further pickle', bytes.length, '.')]
}

/**
 * Each module that the original refers to, renamed wherever its name stands: once to a module that runs
 * commands, once to one that nobody knows. The length stays, so that the rest is understood as before.
 */
export function plantedNames(bytes: Buffer, { globals }: Inspection): readonly Planted[] {
  const parts = globals.map((path) => path.slice(0, path.lastIndexOf('.')))
  return [...new Set(parts)]
    .filter((module) => module.length > 3 && refersTo(bytes, module))
    .flatMap((module) =>
      [`os.${'x'.repeat(module.length - 3)}`, 'x'.repeat(module.length)].map((other) => ({
        name: `${module} renamed to ${other}`,
        bytes: replaced(bytes, module, other),
        isCertain: false,
      })),
    )
}

/** A name that goes on is another one, such as `keras_version` in the metadata of Keras. */
function refersTo(bytes: Buffer, module: string): boolean {
  return bytes
    .toString('latin1')
    .split(module)
    .slice(1)
    .some((rest) => !rest.startsWith('_'))
}

function replaced(bytes: Buffer, text: string, other: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(text, other), 'latin1')
}
