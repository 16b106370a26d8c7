import type { CommandLimits, CommandLine, Isolation } from './command.ts'
import { findProgram } from './find-program.ts'
import { spawnCommand } from './spawn-command.ts'

/** A way to run a command under protection of the system: what goes before it and what it gives. */
export interface Sandbox {
  readonly gives: readonly Isolation[]
  wrap(line: CommandLine, paths: SandboxPaths): CommandLine
}

export interface SandboxPaths {
  /** The working directory, which is to be protected. */
  readonly folder: string
  /** An empty folder outside of it for what the command writes there. */
  readonly scratch: string
}

const NAMESPACES = [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  '--net',
  '--pid',
  '--fork',
  '--kill-child',
] as const

/** Runs before the command inside the namespaces: a /proc and a loopback of its own, if they can be had. */
const INSIDE =
  'mount -t proc proc /proc 2>/dev/null; ip link set lo up 2>/dev/null; cd "$1" && shift 2 && "$@"'
const COPY_ON_WRITE =
  'mkdir "$2/upper" "$2/work" && mount -t overlay mlcheck -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$1" || exit 125; '
const READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 125; '

function namespaces(gives: readonly Isolation[], before: string): Sandbox {
  return {
    gives: ['no-network', 'process-namespace', ...gives],
    wrap: (line, { folder, scratch }) => [
      ...NAMESPACES,
      '--',
      'sh',
      '-c',
      before + INSIDE,
      'mlcheck',
      folder,
      scratch,
      ...line,
    ],
  }
}

/** From the strongest to none. */
const SANDBOXES: readonly Sandbox[] = [
  namespaces(['copy-on-write-folder'], COPY_ON_WRITE),
  namespaces(['read-only-folder'], READ_ONLY),
  namespaces([], ''),
]

export const NO_SANDBOX: Sandbox = { gives: [], wrap: (line) => line }

/** A probe only starts `sh`; a machine on which that takes longer is not worth waiting for. */
const PROBE_MS = 5000

/**
 * The strongest sandbox that works here for a folder, found by trying: kernels, containers and
 * security modules differ too much to predict it.
 *
 * @param freshScratch - gives an empty folder for each trial.
 */
export async function chooseSandbox(
  folder: string,
  freshScratch: () => Promise<string>,
  environment: Readonly<Record<string, string>>,
  limits: CommandLimits,
): Promise<Sandbox> {
  if (process.platform !== 'linux') return NO_SANDBOX
  for (const sandbox of SANDBOXES) {
    // Commas, colons and backslashes are syntax in the options of an overlay mount.
    const scratch = await freshScratch()
    if (sandbox.gives.includes('copy-on-write-folder') && /[,:\\]/.test(folder + scratch)) continue
    const { end } = await spawnCommand({
      line: sandbox.wrap(['sh', '-c', ':'], { folder, scratch }),
      folder,
      environment,
      limits: { ...limits, timeoutMs: PROBE_MS },
      signal: undefined,
    })
    if (end.kind === 'exited' && end.exitCode === 0) return sandbox
  }
  return NO_SANDBOX
}

/** Puts resource limits around a command with `prlimit`; core dumps are off. */
export function withResourceLimits(
  line: CommandLine,
  prlimit: string,
  limits: CommandLimits,
): CommandLine {
  // The data limit counts writable private memory; an address-space limit would stop every program
  // that reserves more than it uses, as Node and Go do.
  const data = `--data=${String(limits.memoryBytes)}`
  return [prlimit, data, `--fsize=${String(limits.fileBytes)}`, '--core=0', '--', ...line]
}

/**
 * What goes before a command that must not outlive us, not even where we are killed: `setpriv` asks the
 * kernel for it. Nothing where it is missing or, as that of BusyBox, cannot.
 */
export async function tieToUs(
  folder: string,
  environment: Readonly<Record<string, string>>,
  limits: CommandLimits,
): Promise<CommandLine> {
  const setpriv = await findProgram('setpriv', folder, environment['PATH'])
  if (process.platform !== 'linux' || setpriv === undefined) return []
  const tie: CommandLine = [setpriv, '--pdeathsig', 'KILL', '--']
  const { end } = await spawnCommand({
    line: [...tie, 'sh', '-c', ':'],
    folder,
    environment,
    limits: { ...limits, timeoutMs: PROBE_MS },
    signal: undefined,
  })
  return end.kind === 'exited' && end.exitCode === 0 ? tie : []
}
