import type { ParamSpec, ParamSpecs } from '../../src/core/params.ts'

/** What a page needs to know of a check. */
export interface DocumentedCheck {
  readonly id: string
  readonly title: string
  readonly section: string
  readonly motivation: string
  readonly decides: string
  readonly remediation: string
  readonly references: readonly string[]
  readonly params: ParamSpecs
  readonly needs: readonly PropertyKey[]
}

function bounds(spec: ParamSpec): string {
  switch (spec.type) {
    case 'number':
      return [
        spec.min === undefined ? '' : `at least ${String(spec.min)}`,
        spec.max === undefined ? '' : `at most ${String(spec.max)}`,
      ]
        .filter((part) => part !== '')
        .join(', ')
    case 'string':
      return spec.oneOf === undefined ? '' : `one of ${spec.oneOf.join(', ')}`
    case 'boolean':
    case 'strings':
      return ''
  }
}

function parameterRows(params: ParamSpecs): string[] {
  const rows = Object.entries(params).map(([name, spec]) => {
    const limits = bounds(spec)
    const type = limits === '' ? spec.type : `${spec.type}, ${limits}`
    return `| \`${name}\` | ${type} | \`${JSON.stringify(spec.default)}\` | ${spec.description} |`
  })
  if (rows.length === 0) return ['None.']
  return ['| name | type | default | meaning |', '| --- | --- | --- | --- |', ...rows]
}

/** The documentation page of one check, from what the check says about itself. */
export function checkPage(check: DocumentedCheck): string {
  return [
    `# ${check.title}`,
    '',
    `\`${check.id}\` · section ${check.section}`,
    '',
    check.motivation,
    '',
    '## How it is decided',
    '',
    check.decides,
    '',
    `Facts it reads: ${check.needs.map((key) => `\`${String(key)}\``).join(', ')}.`,
    '',
    '## Parameters (`with:`)',
    '',
    ...parameterRows(check.params),
    '',
    '## When it does not pass',
    '',
    check.remediation,
    '',
    '## References',
    '',
    ...check.references.map((reference) => `- ${reference}`),
    '',
  ].join('\n')
}

/** The list of all checks, linked. */
export function checkIndex(checks: readonly DocumentedCheck[]): string {
  return [
    '# Checks',
    '',
    '| check | section | claim |',
    '| --- | --- | --- |',
    ...checks.map(({ id, section, title }) => `| [\`${id}\`](${id}.md) | ${section} | ${title} |`),
    '',
  ].join('\n')
}
