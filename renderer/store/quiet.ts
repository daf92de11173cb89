// What the first sight does not need waits until that sight is painted and the page has nothing else to do.

/** Null: what waits is being done, or was. */
let waiting: (() => void)[] | null = []

/** The page is looked at by now, whatever it shows. Milliseconds. */
const AT_LATEST = 4_000

/** Does something when nothing else is to be done, one thing at a time and never before the first sight is painted. */
export function whenQuiet(work: () => void): void {
  if (waiting) waiting.push(work)
  else requestIdleCallback(() => work())
}

/** The first list, or whatever stands in its place, is in the document: told by whoever put it there, as often as they like. */
export function inSight(): void {
  if (!waiting) return
  const all = waiting
  waiting = null
  // A page with something to paint is not idle.
  all.forEach(whenQuiet)
}

if (typeof document !== 'undefined') setTimeout(inSight, AT_LATEST)
