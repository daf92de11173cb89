/** Whether a text is a language tag that this desk can name (BCP 47); empty is unknown, and fine. */
export function isLanguage(tag: string): boolean {
  if (tag === '') return true
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A language's name in the desk's language: `zh-CN` is "Chinese (China)". The tag itself where there is no name. */
export function languageName(tag: string, desk: string): string {
  try {
    return new Intl.DisplayNames([desk], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

export function isTimeZone(zone: string): boolean {
  if (zone === '') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** `14:06, Rotterdam`: what the clock shows where the customer is; empty when that is not known. */
export function localTime(now: number, zone: string, desk: string): string {
  if (zone === '' || !isTimeZone(zone)) return ''
  const time = new Intl.DateTimeFormat(desk === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now)
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? ''
  return place ? `${time}, ${place}` : time
}

/** Whole years and months, or days below a month, since somebody is a customer. */
export function tenure(since: number, now: number): { years: number; months: number; days: number } {
  const [from, to] = [new Date(since), new Date(now)]
  let months = (to.getFullYear() - from.getFullYear()) * 12 + to.getMonth() - from.getMonth()
  if (to.getDate() < from.getDate()) months--
  return {
    years: Math.max(0, Math.floor(months / 12)),
    months: Math.max(0, months % 12),
    days: Math.max(0, Math.floor((now - since) / 86_400_000)),
  }
}
