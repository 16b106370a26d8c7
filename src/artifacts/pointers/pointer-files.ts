/** A text file that stands in the place of the real one until a tool fetches it. */
export type PointerKind = 'git-lfs' | 'dvc' | 'git-annex'

/** Pointer files are a few lines; no model is. */
export const POINTER_BYTES = 4096

/** What brings the real file in the place of its pointer. */
export const FETCH_COMMANDS: Readonly<Record<PointerKind, string>> = {
  'git-lfs': 'git lfs pull',
  dvc: 'dvc pull',
  'git-annex': 'git annex get',
}

/** The same as a sentence. */
export const REMEDIES: Readonly<Record<PointerKind, string>> = {
  'git-lfs': `Fetch it: ${FETCH_COMMANDS['git-lfs']}.`,
  dvc: `Fetch it: ${FETCH_COMMANDS.dvc}.`,
  'git-annex': `Fetch it: ${FETCH_COMMANDS['git-annex']}.`,
}

/** Which tool wrote a small file as a pointer; `undefined` for any other text. */
export function pointerKind(text: string): PointerKind | undefined {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return 'git-lfs'
  if (/^outs:[ \t]*\r?\n[ \t]*- (md5|hash|etag|size|path):/m.test(text)) return 'dvc'
  if (/^\/annex\/objects\//.test(text)) return 'git-annex'
  return undefined
}
