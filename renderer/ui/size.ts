const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** A number of bytes as people write it: `18 KB`, `1.2 MB`. Thousands, as systems and mail programs count. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 && unit > 1 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** A part and the whole in the whole's unit, which no line break parts from its figure: `12` of `48 MB`. */
export function partText(part: number, whole: number): [part: string, whole: string] {
  const text = sizeText(whole)
  const unit = units.indexOf(text.split(' ')[1] ?? '')
  const value = part / 1000 ** Math.max(0, unit)
  const digits = text.includes('.') ? 1 : 0
  // Rounded down: what has not quite come has not come.
  return [(Math.floor(value * 10 ** digits) / 10 ** digits).toFixed(digits), text.replace(' ', '\u00a0')]
}
