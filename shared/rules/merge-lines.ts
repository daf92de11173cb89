/**
 * Joins two later versions of one text by lines, so that neither author's words are lost. What only one of them changed is
 * taken; where both changed the same lines, both stand, one after the other, the later one under its author's name.
 */

/** Above this many comparisons the middle counts as one change: the search for what is equal must not take long. */
const MOST_COMPARISONS = 250_000

/** Lines of `base` from `from` to `to` became `lines`. */
interface Hunk {
  from: number
  to: number
  lines: readonly string[]
}

export function mergeLines(base: string, theirs: string, mine: string, author: string): string {
  if (theirs === mine || base === mine) return theirs
  if (base === theirs) return mine
  const lines = linesOf(base)
  const left = hunksOf(lines, linesOf(theirs))
  const right = hunksOf(lines, linesOf(mine))
  const merged: string[] = []
  let at = 0
  while (left.length > 0 || right.length > 0) {
    const from = Math.min(left[0]?.from ?? lines.length, right[0]?.from ?? lines.length)
    const [ours, others, to] = together(left, right, from)
    merged.push(...lines.slice(at, from))
    const one = applied(lines, others, from, to)
    const other = applied(lines, ours, from, to)
    if (others.length === 0) merged.push(...other)
    else if (ours.length === 0 || one.join('\n') === other.join('\n')) merged.push(...one)
    else merged.push(...one, ...(other.length > 0 ? [`— ${author}:`, ...other] : []))
    at = to
  }
  return [...merged, ...lines.slice(at)].join('\n')
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'))

/** The next hunks that touch each other, taken from both sides, and where the last of them ends. */
function together(left: Hunk[], right: Hunk[], from: number): [mine: Hunk[], theirs: Hunk[], to: number] {
  const mine: Hunk[] = []
  const theirs: Hunk[] = []
  let to = from
  for (let grown = true; grown; ) {
    grown = false
    for (const [side, taken] of [
      [left, theirs],
      [right, mine],
    ] as const)
      while (side[0] && side[0].from <= to) {
        const hunk = side.shift()!
        taken.push(hunk)
        to = Math.max(to, hunk.to)
        grown = true
      }
  }
  return [mine, theirs, to]
}

/** What lines `from` to `to` of the base are with these hunks. */
function applied(base: readonly string[], hunks: readonly Hunk[], from: number, to: number): string[] {
  const lines: string[] = []
  let at = from
  for (const hunk of hunks) {
    lines.push(...base.slice(at, hunk.from), ...hunk.lines)
    at = hunk.to
  }
  return [...lines, ...base.slice(at, to)]
}

function hunksOf(base: readonly string[], next: readonly string[]): Hunk[] {
  let head = 0
  while (head < base.length && head < next.length && base[head] === next[head]) head += 1
  let tail = 0
  while (
    tail < base.length - head &&
    tail < next.length - head &&
    base[base.length - 1 - tail] === next[next.length - 1 - tail]
  )
    tail += 1
  const old = base.slice(head, base.length - tail)
  const fresh = next.slice(head, next.length - tail)
  const hunks: Hunk[] = []
  let [from, taken] = [0, 0]
  for (const [there, here] of [...kept(old, fresh), [old.length, fresh.length] as const]) {
    if (there > from || here > taken)
      hunks.push({ from: head + from, to: head + there, lines: fresh.slice(taken, here) })
    from = there + 1
    taken = here + 1
  }
  return hunks
}

/** Pairs of places of the lines that stayed: a longest common subsequence. */
function kept(old: readonly string[], fresh: readonly string[]): (readonly [number, number])[] {
  if (old.length * fresh.length > MOST_COMPARISONS) return []
  const width = fresh.length + 1
  const length = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      length[i * width + j] =
        old[i] === fresh[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!)
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < old.length && j < fresh.length; )
    if (old[i] === fresh[j]) pairs.push([i++, j++])
    else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i += 1
    else j += 1
  return pairs
}
