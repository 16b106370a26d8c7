/** What a program says last is why it died; the rest is its log. */
export function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-5).join('\n').slice(-1000)
}

/** Takes this machine's paths out of what a program says: those of its temporary folder and of the project. */
export function pathsHidden(
  temporary: string,
  { folder: project }: { readonly folder: string },
): (text: string) => string {
  return (text) => text.replaceAll(temporary, '{temporary}').replaceAll(project, '{project}')
}
