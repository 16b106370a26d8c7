/**
 * A signal that is aborted by the first Ctrl-C or SIGTERM, so that the run can end in order. The
 * second one ends the process at once, as if nobody had listened.
 */
export function interruption(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}
