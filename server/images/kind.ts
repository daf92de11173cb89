import type { ImageType } from '#shared/protocol/images.ts'

/** What bytes are, by how they begin; null when they are no raster picture, whatever was said about them. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const begins = (at: number, ...expected: (number | string)[]): boolean => {
    const wanted = expected.flatMap(each =>
      typeof each === 'string' ? [...each].map(sign => sign.charCodeAt(0)) : [each],
    )
    return wanted.every((byte, index) => bytes[at + index] === byte)
  }
  if (begins(0, 0x89, 'PNG\r\n', 0x1a, '\n')) return 'image/png'
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0, 'GIF87a') || begins(0, 'GIF89a')) return 'image/gif'
  if (begins(0, 'RIFF') && begins(8, 'WEBP')) return 'image/webp'
  return null
}
