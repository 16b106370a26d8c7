import { crc32, inflateRawSync } from 'node:zlib'

/** The files of an archive in the order of its directory. */
export type Members = ReadonlyMap<string, Buffer>

const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * The files of an archive; far simpler than the reader under test, so that the two share no defect.
 *
 * @throws when the archive is not as an ordinary writer leaves it.
 */
export function unzip(bytes: Buffer): Members {
  const end = bytes.length - 22
  if (bytes.readUInt32LE(end) !== END) throw new Error('its end is not where it is expected')
  const members = new Map<string, Buffer>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('it has no entry where one is expected')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      bytes.readUInt16LE(at + field),
    ) as [number, number, number]
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const content = bytes.subarray(start, start + bytes.readUInt32LE(at + 20))
    members.set(name, bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content))
    at += 46 + nameLength + extraLength + commentLength
  }
  return members
}

/** An archive of files that are stored without compression, with the checksums that they have. */
export function zip(members: Members): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of members) {
    const path = Buffer.from(name)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20)
    about.writeUInt32LE(crc32(content), 10)
    about.writeUInt32LE(content.length, 14)
    about.writeUInt32LE(content.length, 18)
    about.writeUInt16LE(path.length, 22)
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(at, 10)
    parts.push(Buffer.from('PK\x03\x04'), about, path, content)
    directory.push(Buffer.from('PK\x01\x02\x14\0'), about, entry, path)
    at += 30 + path.length + content.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END)
  end.writeUInt16LE(members.size, 8)
  end.writeUInt16LE(members.size, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listed, end])
}
