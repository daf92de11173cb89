/** A few megabytes come and go with what is under way. */
const ROOM = 8_000_000
const MOST = 1.15

/** Whether memory grew from the second quarter of a run (the first one warms up) to the last, by the median of each. Bytes. */
export function grown(looks: readonly number[]): { flat: boolean; text: string } {
  const quarter = Math.max(1, Math.floor(looks.length / 4))
  const early = median(looks.slice(quarter, 2 * quarter))
  const late = median(looks.slice(-quarter))
  return {
    flat: late <= Math.max(early * MOST, early + ROOM),
    text: `${(early / 1e6).toFixed(0)} to ${(late / 1e6).toFixed(0)} MB`,
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
