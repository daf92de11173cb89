/** Pixels of the longer side: sharp at the widest that words show (640), on any screen and a little enlarged. */
const LONGEST = 2048
/** Of JPEG: no difference is seen at this size. */
const QUALITY = 0.88

/**
 * A photograph as it goes into words. What a camera wrote beside it (the place, the person, the device) is nobody's business, and of its
 * pixels most are never shown: it is drawn anew, upright. Screenshots and drawings (PNG, GIF, WebP) stay as they are.
 *
 * @returns the same file where there is nothing to do, or where this page cannot draw it
 */
export async function forWords(file: File): Promise<File> {
  // By its first bytes (ISO/IEC 10918-1, SOI and a marker): a name says nothing.
  const [first, second, third] = new Uint8Array(await file.slice(0, 3).arrayBuffer())
  if (first !== 0xff || second !== 0xd8 || third !== 0xff) return file
  try {
    const drawn = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(drawn.width * scale)),
      Math.max(1, Math.round(drawn.height * scale)),
    )
    const context = canvas.getContext('2d')
    if (!context) return file
    context.imageSmoothingQuality = 'high'
    context.drawImage(drawn, 0, 0, canvas.width, canvas.height)
    drawn.close()
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
    return new File([blob], file.name, { type: 'image/jpeg' })
  } catch {
    return file
  }
}
