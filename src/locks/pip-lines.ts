import { parseRequirementLine } from './requirement-line.ts'
import { judgeSet } from './requirement-set.ts'
import type { Reading, RequirementSet } from './requirement.ts'
import type { VersionRules } from './version-rules.ts'

/** A line that pip would read, in a file of another format. */
export interface PipLine {
  readonly text: string
  readonly line: number
}

/** What such lines say, and the requirement files that they include. */
export interface PipLines {
  readonly set: RequirementSet
  readonly includes: readonly { readonly name: string; readonly line: number }[]
}

/** Judges lines by the rules of requirement files; included files are named, not read. */
export function readPipLines(
  lines: readonly PipLine[],
  path: string,
  versions: VersionRules,
): PipLines {
  const reading: Reading = {
    requirements: [],
    constraints: [],
    direct: [],
    findings: [],
    files: [path],
    switches: new Map(),
  }
  const includes: { name: string; line: number }[] = []
  for (const { text, line } of lines) {
    const parsed = parseRequirementLine(text.trim())
    const location = { path, line }
    if (parsed.kind === 'requirement') {
      reading.requirements.push({ requirement: parsed.requirement, file: path, line })
    } else if (parsed.kind === 'invalid') {
      reading.findings.push({
        severity: 'fail',
        code: 'REQUIREMENTS_LINE_INVALID',
        args: { file: path, line, reason: parsed.reason },
        location,
      })
    } else {
      for (const { name, value } of parsed.options) {
        if (name === 'requirement') includes.push({ name: value, line })
        else if (!reading.switches.has(name)) reading.switches.set(name, location)
      }
    }
  }
  return { set: judgeSet(reading, versions), includes }
}
