export type Environment = Readonly<Record<string, string | undefined>>

/** What a Python, R, Java or Node program needs to start; no tokens, no proxies, no cloud profiles. */
const PASSED = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'PATHEXT',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'PYTHONPATH',
  'PYTHONHOME',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'JAVA_HOME',
  'R_HOME',
  'CUDA_VISIBLE_DEVICES',
]

/**
 * The environment of a user's command: the allowed variables of ours, a fixed locale and time zone, and
 * `extra` on top.
 */
export function commandEnvironment(
  own: Environment,
  temporary: string,
  extra: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name of PASSED) {
    const value = own[name]
    if (value !== undefined) result[name] = value
  }
  return {
    ...result,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    ...extra,
  }
}
