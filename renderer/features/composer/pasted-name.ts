/** What Chromium calls a picture that comes from the clipboard as bytes, on every system. */
const NAMELESS = /^image\.(png|jpe?g|gif|webp|bmp)$/iu

const two = (figure: number): string => String(figure).padStart(2, '0')

/**
 * A screenshot that is pasted has no name: it is called what it is and when, so that two of them are told apart and a file system takes it.
 * @param word `Picture`, in the language of the desk. @param at milliseconds, by the desk's clock
 */
export function namedPasted(file: File, word: string, at: number): File {
  const end = NAMELESS.exec(file.name)?.[1]
  if (!end || !file.type.startsWith('image/')) return file
  const time = new Date(at)
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  const hour = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join('.')
  return new File([file], `${word} ${day} ${hour}.${end.toLowerCase()}`, { type: file.type })
}
