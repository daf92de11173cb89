/**
 * A place in a JSON document: `orders[0].total`, `customer["first.name"]`, `lines[].sku` (every one), or a JSON Pointer
 * (RFC 6901) such as `/orders/0/total`. Empty or `$`: the whole. It reads and never computes: there is nothing in it to run.
 */

/** `null`: every entry of a list. */
type Step = string | null
export type JsonPath = readonly Step[]

const DEEPEST = 30
/** Entries that one path gives. */
const MOST = 1000
const STEP = /\[(?:\*?|(\d{1,6})|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]|(?:^|\.)([^.[\]]+)/y

/** Null: it is no path. */
export function parsePath(text: string): JsonPath | null {
  const path = text.trim().replace(/^\$\.?/, '')
  if (path === '') return []
  const steps = path.startsWith('/') ? pointer(path) : dotted(path)
  return steps && steps.length <= DEEPEST ? steps : null
}

const pointer = (path: string): Step[] | null =>
  /~(?![01])/.test(path)
    ? null
    : path
        .slice(1)
        .split('/')
        .map(word => word.replaceAll('~1', '/').replaceAll('~0', '~'))

function dotted(path: string): Step[] | null {
  const steps: Step[] = []
  STEP.lastIndex = 0
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path)
    if (!found) return null
    const [, index, double, single, name] = found
    const quoted = (double ?? single)?.replace(/\\(.)/g, '$1')
    steps.push(index ?? quoted ?? name ?? null)
  }
  return steps
}

/** Everything that stands at the path; a list only where the path ends at one. */
export function readAll(value: unknown, path: JsonPath): unknown[] {
  let found: unknown[] = [value]
  for (const step of path) {
    found = found.flatMap(each => next(each, step))
    if (found.length > MOST) found.length = MOST
  }
  return found
}

/** The first of them; undefined where there is nothing. */
export const readOne = (value: unknown, path: JsonPath): unknown => readAll(value, path)[0]

function next(value: unknown, step: Step): unknown[] {
  if (step === null) return Array.isArray(value) ? value.slice(0, MOST) : []
  if (typeof value !== 'object' || value === null) return []
  // Only what the document itself has: never what every object inherits.
  if (Array.isArray(value) && !/^\d+$/.test(step)) return []
  return Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : []
}

const isName = (key: string): boolean => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)

/** A path in the dotted manner, from keys and places. */
export const writePath = (steps: readonly (string | number)[]): string =>
  steps
    .map((step, place) => {
      if (typeof step === 'number') return `[${step}]`
      if (!isName(step)) return `["${step.replace(/["\\]/g, '\\$&')}"]`
      return place === 0 ? step : `.${step}`
    })
    .join('')
