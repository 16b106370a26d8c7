import { MESSAGES } from '../../src/report/messages.ts'

/** Arguments as a reader sees them: `{column:plain}` is `<column>`. */
function named(template: string): string {
  return template.replace(/\{(\w+)(:\w+)?\}/g, '`<$1>`')
}

/** Every finding code with its sentence and what helps. */
export function findingsPage(): string {
  const codes = [...MESSAGES.keys()].sort()
  return [
    '# Findings',
    '',
    'A finding is a code with arguments; reports show its sentence. `mlcheck explain CODE` prints the same.',
    '',
    ...codes.flatMap((code) => {
      const { text, remedy, explain } = MESSAGES.get(code) ?? { text: '', remedy: '' }
      return [
        `## ${code}`,
        '',
        named(text),
        '',
        ...(explain === undefined ? [] : [explain, '']),
        `What to do: ${named(remedy)}`,
        '',
      ]
    }),
  ].join('\n')
}
