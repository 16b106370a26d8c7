import { closeSync, openSync, readSync } from 'node:fs'

/** The first bytes of a file, for telling its format. */
export function readHead(file: string, length = 512): Buffer {
  const handle = openSync(file, 'r')
  try {
    const head = Buffer.alloc(length)
    return head.subarray(0, readSync(handle, head, 0, length, 0))
  } finally {
    closeSync(handle)
  }
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** Whether the first bytes of a file are these, one byte per character. */
export function startsWith(head: Uint8Array, magic: string): boolean {
  return Buffer.from(head).toString('latin1').startsWith(magic)
}

/** Whether the first bytes cannot be text: a NUL stands in none, and in every binary table early. */
export function isBinary(head: Uint8Array): boolean {
  return head.includes(0)
}
