/** The languages of source code by the end of a file's name; what is none of them is data or text. */
const LANGUAGES: readonly (readonly [pattern: RegExp, language: string])[] = [
  [/\.pyw?$/, 'python'],
  [/\.ipynb$/, 'notebook'],
  [/\.pyx$/, 'cython'],
  [/\.[cm]?jsx?$/, 'javascript'],
  [/\.[cm]?tsx?$/, 'typescript'],
  [/\.[rR]$/, 'r'],
  [/\.jl$/, 'julia'],
  [/\.java$/, 'java'],
  [/\.(kt|kts)$/, 'kotlin'],
  [/\.scala$/, 'scala'],
  [/\.go$/, 'go'],
  [/\.rs$/, 'rust'],
  [/\.(c|cc|cpp|cxx|h|hpp)$/, 'c++'],
  [/\.cs$/, 'c#'],
  [/\.rb$/, 'ruby'],
  [/\.php$/, 'php'],
  [/\.swift$/, 'swift'],
  [/\.(sh|bash|zsh)$/, 'shell'],
]

/** The language of a file by its name; `undefined` for one that is no source code. */
export function languageOf(path: string): string | undefined {
  return LANGUAGES.find(([pattern]) => pattern.test(path))?.[1]
}
