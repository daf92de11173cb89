/** Time zones by their IANA name. */

let known: readonly string[] | undefined

/** All that this engine knows. */
export const timeZones = (): readonly string[] => {
  known ??= Intl.supportedValuesOf('timeZone')
  return known
}

/** `Rotterdam` of a zone's name: the place, as people write it. */
export const placeOfZone = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? ''

export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The zone named by its name or by its place, if that is a city of one zone only; undefined: there is no such. */
export function timeZoneOf(text: string): string | undefined {
  const wanted = text.trim().toLowerCase()
  const found =
    timeZones().find(zone => zone.toLowerCase() === wanted) ??
    timeZones().find(zone => placeOfZone(zone).toLowerCase() === wanted)
  return found ?? (isTimeZone(text.trim()) ? text.trim() : undefined)
}
