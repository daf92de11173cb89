// Where the window was: kept beside the profile, checked against the screens of today before it is used again.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

export const smallest = { width: 900, height: 600 }
const usual = { width: 1440, height: 900 }

const State = z.object({
  bounds: z.object({
    x: z.number().int(),
    y: z.number().int(),
    width: z.number().int(),
    height: z.number().int(),
  }),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof State>

export const readWindowState = (file: string): WindowState | undefined => {
  try {
    return State.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined // missing or damaged: the window opens at its usual size
  }
}

export const writeWindowState = (file: string, state: WindowState): void => {
  try {
    writeFileSync(file, JSON.stringify(state))
  } catch {
    // A full disk must not keep the window from closing.
  }
}

/**
 * Bounds to open with; pure.
 * @param areas the work areas of the screens that are there now
 * @returns the remembered bounds when their title bar can still be reached, else a size that fits the first screen, centred
 */
export const placeWindow = (
  state: WindowState | undefined,
  areas: readonly Rectangle[],
): Partial<Rectangle> => {
  const first = areas[0]
  const clamp = (size: number, least: number, most: number | undefined): number =>
    Math.max(least, Math.min(size, most ?? size))
  const sized = (area: Rectangle | undefined, wanted: { width: number; height: number }) => ({
    width: clamp(wanted.width, smallest.width, area?.width),
    height: clamp(wanted.height, smallest.height, area?.height),
  })
  if (state === undefined) return sized(first, usual)
  const { bounds } = state
  const home = areas.find(area => reaches(area, bounds))
  return home === undefined ? sized(first, bounds) : { x: bounds.x, y: bounds.y, ...sized(home, bounds) }
}

const reaches = (area: Rectangle, bounds: Rectangle): boolean => {
  const shown = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return shown >= 120 && bounds.y >= area.y && bounds.y <= area.y + area.height - 40
}
