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
