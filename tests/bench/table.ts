import type { Result } from './result.ts'

const figure = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))

/** Results as lines under one another, the peers' marked with their names. */
export function table(results: readonly Result[]): string {
  const lines = results.map(({ id, name, peer, median, p99, unit, rows, note }) => [
    id,
    peer ? `${name} [${peer}]` : name,
    figure(median),
    figure(p99),
    unit,
    rows === undefined ? '' : `${rows.toLocaleString('en')} rows`,
    note ?? '',
  ])
  const widths = [3, 52, 9, 9, 9, 14]
  return lines
    .map(cells =>
      cells
        .map((cell, index) =>
          index === 2 || index === 3 ? cell.padStart(widths[index]!) : cell.padEnd(widths[index] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
