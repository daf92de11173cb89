/** How large a picture stands in the words. CSS pixels; what is stored is what is shown, so that nothing jumps while the bytes come. */
export interface Size {
  width: number
  height: number
}

/** Mails are read in columns of some 600 pixels, and narrower ones on telephones. */
const WIDTHS = [120, 240, 360, 480, 640]
const WIDEST = 640
/** A picture of a whole telephone page is not taller than a screen at first. */
const TALLEST = 800

/** As large as it is, where there is room. */
export function fitted({ width, height }: Size): Size {
  const scale = Math.min(1, WIDEST / width, TALLEST / height)
  return scaled({ width, height }, Math.max(1, Math.round(width * scale)))
}

/** The next of a few widths. @param step 1: larger, -1: smaller @returns null: there is none */
export function resized(size: Size, step: 1 | -1): Size | null {
  const { width } = size
  const next = step === 1 ? WIDTHS.find(each => each > width) : WIDTHS.findLast(each => each < width)
  return next === undefined ? null : scaled(size, next)
}

const scaled = ({ width, height }: Size, to: number): Size => ({
  width: to,
  height: Math.min(20_000, Math.max(1, Math.round((height * to) / width))),
})

/** Of a picture that this page can draw; null: it cannot. */
export async function measured(file: Blob): Promise<Size | null> {
  try {
    const { width, height } = await createImageBitmap(file)
    return { width, height }
  } catch {
    return null
  }
}
