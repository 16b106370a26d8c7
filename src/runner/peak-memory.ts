import { readdirSync, readFileSync } from 'node:fs'

/** The peak of a group of processes while it runs. */
export interface MemoryWatch {
  /**
   * Bytes, or `undefined` where the system does not tell. The peaks of all processes that were seen at
   * one time are added, those of our isolation included: pages that they share count more than once.
   */
  peak(): number | undefined
  stop(): void
}

/** A peak is kept by the kernel for as long as its process lives; this only catches those that end. */
const EVERY_MS = 100

/** Follows the resident memory of a process and of its descendants. Linux tells it in /proc. */
export function watchMemory(pid: number | undefined): MemoryWatch {
  let highest: number | undefined
  const look = () => {
    const now = pid === undefined ? undefined : peakOfTree(pid)
    if (now !== undefined) highest = Math.max(highest ?? 0, now)
  }
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  return {
    peak: () => {
      look()
      return highest
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}

function peakOfTree(pid: number): number | undefined {
  const own = peakOf(pid)
  const below = childrenOf(pid).map((child) => peakOfTree(child) ?? 0)
  return own === undefined ? undefined : below.reduce((sum, bytes) => sum + bytes, own)
}

function peakOf(pid: number): number | undefined {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${String(pid)}/status`)) ?? []
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
}

function childrenOf(pid: number): readonly number[] {
  const tasks = `/proc/${String(pid)}/task`
  try {
    return readdirSync(tasks)
      .flatMap((task) => read(`${tasks}/${task}/children`).split(' '))
      .filter((child) => child !== '')
      .map(Number)
  } catch {
    return []
  }
}

/** A process may end between two reads. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
