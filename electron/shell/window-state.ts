// Where the window was: kept beside the profile, checked against the screens of today before it is used again.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

export const smallest = { width: 900, height: 600 }
const usual = { width: 1440, height: 900 }

export const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
})
export type Bounds = z.infer<typeof Bounds>

const State = z.object({ bounds: Bounds, maximized: z.boolean() })
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

/** Bounds of the desk's window to open with; pure. @param areas the work areas of the screens that are there now */
export const placeWindow = (
  state: WindowState | undefined,
  areas: readonly Rectangle[],
): Partial<Rectangle> => fitBounds(state?.bounds ?? usual, areas, smallest)

/** @returns the bounds when their title bar can still be reached, else a size that fits the first screen, where the system puts it */
export const fitBounds = (
  bounds: Bounds | Size,
  areas: readonly Rectangle[],
  least: Size,
): Partial<Rectangle> => {
  const clamp = (size: number, from: number, most: number | undefined): number =>
    Math.max(from, Math.min(size, most ?? size))
  const sized = (area: Rectangle | undefined): Size => ({
    width: clamp(bounds.width, least.width, area?.width),
    height: clamp(bounds.height, least.height, area?.height),
  })
  const home = 'x' in bounds ? areas.find(area => reaches(area, bounds)) : undefined
  return home === undefined || !('x' in bounds)
    ? sized(areas[0])
    : { x: bounds.x, y: bounds.y, ...sized(home) }
}

type Size = Pick<Rectangle, 'width' | 'height'>

const reaches = (area: Rectangle, bounds: Rectangle): boolean => {
  const shown = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return shown >= 120 && bounds.y >= area.y && bounds.y <= area.y + area.height - 40
}
