import path from 'node:path'
import { loadSettings } from '../config/load-settings.ts'

/** The reports that `mlcheck.yaml` asks for; their paths are relative to that file. */
export async function reportDefaults(
  config: string | undefined,
  cwd: string,
): Promise<readonly string[]> {
  const settings = await loadSettings({
    startDir: cwd,
    ...(config === undefined ? {} : { path: config }),
  })
  if (settings === null) return []
  return (settings.report ?? []).map((entry) => {
    const [format = '', ...rest] = entry.split('=')
    if (rest.length === 0) return entry
    return `${format}=${path.resolve(settings.folder, rest.join('='))}`
  })
}
