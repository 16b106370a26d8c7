import { mkdtemp, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import {
  DEFAULT_LIMITS,
  type CommandLimits,
  type CommandLine,
  type CommandResult,
  type Isolation,
} from './command.ts'
import { commandEnvironment, type Environment } from './environment.ts'
import { findProgram } from './find-program.ts'
import {
  NO_SANDBOX,
  chooseSandbox,
  tieToUs,
  withResourceLimits,
  type Sandbox,
} from './isolation.ts'
import { removeFolder } from './remove-folder.ts'
import { notRunning, startCommand, type SpawnedCommand } from './spawn-command.ts'

export interface RunnerOptions {
  /** The working directory of every command: the manifest's folder, absolute. */
  readonly folder: string
  /** Where private temporary folders are made: `os.tmpdir()`. */
  readonly temporaryRoot: string
  /** Our own environment, from which the allowed variables are passed on. */
  readonly environment: Environment
  /** `auto` takes the strongest isolation that works, `none` runs commands plainly. */
  readonly isolation: 'auto' | 'none'
  readonly limits?: Partial<CommandLimits>
  readonly signal?: AbortSignal
}

export interface RunRequest {
  readonly line: CommandLine
  /** Replaced wherever they stand in an argument: `{input}`, `--input={input}`. */
  readonly placeholders?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly limits?: Partial<CommandLimits>
}

/** Runs a user's commands, one after another, each in limits and, where the system can, isolated. */
export interface Runner {
  /** The working directory of every command. */
  readonly folder: string
  run(request: RunRequest): Promise<CommandResult>
  /** Starts a command that is talked to on its standard streams; it ends by `stop` or by itself. */
  start(request: RunRequest): Promise<SpawnedCommand>
  /** A new folder that commands may write to; removed by `dispose`. */
  temporaryFolder(): Promise<string>
  /** What has protected every command so far. */
  isolation(): readonly Isolation[]
  /** Ends what still runs and removes the temporary folders. Never rejects. */
  dispose(): Promise<void>
}

/**
 * A runner for one project. Makes nothing until the first command; which isolation works is tried once.
 * A command that cannot be started, hangs, floods or dies is a result, never an exception.
 */
export function createRunner(options: RunnerOptions): Runner {
  const limits: CommandLimits = { ...DEFAULT_LIMITS, ...options.limits }
  const folders: string[] = []
  const running = new Set<SpawnedCommand>()
  let used: readonly Isolation[] | undefined
  const temporaryFolder = async () => {
    const made = await mkdtemp(join(await realpath(options.temporaryRoot), 'mlcheck-'))
    folders.push(made)
    return made
  }
  const setting = once(() => prepare(options, limits, temporaryFolder))

  const launch = async (request: RunRequest, stdin: 'ignore' | 'pipe'): Promise<SpawnedCommand> => {
    const { folder, sandbox, prlimit, tie } = await setting()
    const bounds: CommandLimits = { ...limits, ...request.limits }
    const temporary = await temporaryFolder()
    const environment = commandEnvironment(
      options.environment,
      temporary,
      request.environment ?? {},
    )
    const [program = '', ...args] = request.line
    const found = await findProgram(program, folder, environment['PATH'], environment['PATHEXT'])
    if (found === undefined) {
      return notRunning({ kind: 'not-started', reason: `${program}: no such program` })
    }

    const plain: CommandLine = [
      found,
      ...args.map((arg) => filled(arg, request.placeholders ?? {})),
    ]
    const wrapped = [...tie, ...sandbox.wrap(plain, { folder, scratch: await temporaryFolder() })]
    used = [
      'environment-allow-list',
      'private-temporary-folder',
      'time-limit',
      'output-limit',
      ...(prlimit === undefined ? [] : (['memory-limit'] as const)),
      ...sandbox.gives,
    ]
    const command = startCommand(
      {
        line: prlimit === undefined ? wrapped : withResourceLimits(wrapped, prlimit, bounds),
        folder,
        environment,
        limits: bounds,
        signal: options.signal,
      },
      stdin,
    )
    running.add(command)
    void command.ended.then(() => running.delete(command))
    return command
  }
  const run = async (request: RunRequest): Promise<CommandResult> => {
    const command = await launch(request, 'ignore')
    const startedAt = performance.now()
    const result = await command.ended
    const isStarted = result.end.kind !== 'not-started'
    return {
      ...result,
      durationMs: performance.now() - startedAt,
      isolation: isStarted ? (used ?? []) : [],
    }
  }
  const start = (request: RunRequest) => launch(request, 'pipe')

  const dispose = async () => {
    // Whoever started a worker and failed has not ended it.
    for (const command of [...running]) {
      command.stop({ kind: 'aborted' })
      await command.ended
    }
    for (const folder of folders.splice(0)) await removeFolder(folder)
  }
  return {
    folder: options.folder,
    run,
    start,
    temporaryFolder,
    isolation: () => used ?? [],
    dispose,
  }
}

interface Setting {
  readonly folder: string
  readonly sandbox: Sandbox
  readonly prlimit: string | undefined
  /** Goes before a command that must end with us. */
  readonly tie: CommandLine
}

async function prepare(
  options: RunnerOptions,
  limits: CommandLimits,
  temporaryFolder: () => Promise<string>,
): Promise<Setting> {
  const folder = await realpath(options.folder)
  const environment = commandEnvironment(options.environment, options.temporaryRoot, {})
  const prlimit = await findProgram('prlimit', folder, environment['PATH'])
  const temporaryRoot = await realpath(options.temporaryRoot)
  // A protected folder that held our temporary folders would hide what the command writes there.
  const canProtect = !isBelow(folder, temporaryRoot)
  const sandbox =
    options.isolation === 'auto' && canProtect
      ? await chooseSandbox(folder, temporaryFolder, environment, limits)
      : NO_SANDBOX
  return { folder, sandbox, prlimit, tie: await tieToUs(folder, environment, limits) }
}

/** An argument with its placeholders replaced; what was put in is not looked at again. */
function filled(argument: string, placeholders: Readonly<Record<string, string>>): string {
  return argument.replace(/\{[a-z]+\}/g, (token) =>
    Object.hasOwn(placeholders, token) ? (placeholders[token] ?? token) : token,
  )
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
