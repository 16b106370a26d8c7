/** What the pin rules need of PEP 440; `@renovatebot/pep440` provides it. */
export interface VersionRules {
  valid(version: string): string | null
  satisfies(version: string, specifier: string, options?: { prereleases?: boolean }): boolean
}
