// What went wrong in this page, for the report one may hand over: where in our code, never the words of the error, which may hold
// somebody's.

export interface Trouble {
  at: number
  name: string
  frames: string[]
}

const most = 20
const troubles: Trouble[] = []

/** `at row (http://…/timeline.js:12:5)` without where it came from. */
const frameOf = (line: string): string => line.trim().replace(/\S*\/([^/\s]+)$/, '$1')

export function note(error: unknown): void {
  const { name, stack = '' } = error instanceof Error ? error : { name: typeof error }
  const frames = stack
    .split('\n')
    .filter(line => /^\s*at /.test(line))
    .slice(0, 8)
    .map(frameOf)
  troubles.push({ at: Date.now(), name, frames })
  if (troubles.length > most) troubles.shift()
}

export const troublesNow = (): readonly Trouble[] => troubles

/** Called once, by main.tsx. */
export function noteTroubles(): void {
  addEventListener('error', ({ error }) => note(error))
  addEventListener('unhandledrejection', ({ reason }) => note(reason))
}
