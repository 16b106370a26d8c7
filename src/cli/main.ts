import { installedPackage } from '../app/package.ts'

for (const stream of [process.stdout, process.stderr]) {
  // Whoever writes is told by the write itself; an error that nobody listens to would end the process.
  stream.on('error', () => undefined)
}

const args = process.argv.slice(2)
const installed = installedPackage()

// Scripts ask for the version before each job; the answer loads no command.
if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${installed.version}\n`)
} else {
  // Stands where nothing is left to wait for and the run has not said how it ended.
  process.exitCode = 70
  const { start } = await import('./start.ts')
  process.exitCode = await start(args, installed)
}
