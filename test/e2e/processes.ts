import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** How many processes of the machine have `marker` on their command line; namespaces hide none. */
export function countProcesses(marker: string): number {
  return commandLines().filter((line) => line.includes(marker)).length
}

/**
 * Waits until `isReached` holds.
 *
 * @throws Error after 30 seconds: a test that waits for ever says nothing.
 */
export async function waitUntil(what: string, isReached: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (isReached()) return
    await sleep(50)
  }
  throw new Error(`not within 30 seconds: ${what}`)
}

function commandLines(): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) {
    return execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).split('\n')
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return '' // It ended meanwhile.
      }
    })
}
