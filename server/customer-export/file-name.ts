/** A file's name as every system takes it, without a way to anywhere. */
export function fileName(name: string): string {
  const last = name.toWellFormed().split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[<>:"|?*\p{Cc}\p{Cf}]/gu, '_').trim()
  // Long ones keep their ending; a name of dots alone is none.
  const short = plain.length > 100 ? `${plain.slice(0, 80)}${plain.slice(-20)}` : plain
  return /^\.*$/.test(short) ? 'file' : short.replace(/[. ]+$/, '_')
}
