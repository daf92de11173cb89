// The number on the task bar's entry. Windows has no badge of its own there, only a small picture laid over the icon: drawn here, so that
// every number is there without a file for each.
const SIZE = 32
const GROUND = [0xb3, 0x26, 0x1e] as const // tokens.css --danger

/** Digits as five rows of three dots, and the sign for more. */
const glyphs: Record<string, readonly string[]> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', ' ##', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', ' # ', ' # ', ' # '],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  '+': ['   ', ' # ', '###', ' # ', '   '],
}

/** What stands there; more than two signs cannot be read. */
export const overlayText = (count: number): string => (count > 99 ? '9+' : String(count))

/** Pixels of the picture, row by row, four bytes each: blue, green, red, alpha. */
export const drawOverlay = (count: number): { size: number; pixels: Buffer } => {
  const pixels = Buffer.alloc(SIZE * SIZE * 4)
  const middle = (SIZE - 1) / 2
  const put = (x: number, y: number, [red, green, blue]: readonly number[], alpha: number): void => {
    pixels.set([blue!, green!, red!, Math.round(alpha * 255)], (y * SIZE + x) * 4)
  }
  for (let y = 0; y < SIZE; y++)
    for (let x = 0; x < SIZE; x++) {
      // One pixel of the edge is half transparent, so that it looks round.
      const inside = SIZE / 2 - Math.hypot(x - middle, y - middle)
      if (inside > 0) put(x, y, GROUND, Math.min(1, inside))
    }
  const text = overlayText(count)
  const dot = text.length === 1 ? 4 : 3
  const width = (text.length * 4 - 1) * dot
  const left = Math.round((SIZE - width) / 2)
  const top = Math.round((SIZE - 5 * dot) / 2)
  for (const [place, sign] of [...text].entries())
    for (const [row, dots] of glyphs[sign]!.entries())
      for (const [column, each] of [...dots].entries())
        if (each === '#')
          for (let y = 0; y < dot; y++)
            for (let x = 0; x < dot; x++)
              put(left + (place * 4 + column) * dot + x, top + row * dot + y, [255, 255, 255], 1)
  return { size: SIZE, pixels }
}
