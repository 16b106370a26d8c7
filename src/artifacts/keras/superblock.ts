/**
 * Where an HDF5 file ends, as its superblock says.
 *
 * @param head - the first bytes of the file, 128 or all of them.
 * @returns `undefined` when they are no superblock.
 * Source: HDF5 File Format Specification 3.0, section II.A.
 */
export function declaredEnd(head: Uint8Array): number | undefined {
  const version = head[8] ?? 0xff
  const [sizeAt, addressesAt] = version < 2 ? [13, version === 0 ? 24 : 28] : [9, 12]
  const width = head[sizeAt] ?? 0
  // The third of the addresses: behind the base, and that of free space or of an extension.
  const at = addressesAt + 2 * width
  if (version > 3 || width === 0 || width > 8 || at + width > head.length) return undefined
  let end = 0
  for (let index = 0; index < width; index += 1) end += (head[at + index] ?? 0) * 256 ** index
  return end
}
