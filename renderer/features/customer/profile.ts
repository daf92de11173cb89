import { isTimeZone, placeOfZone } from '#shared/model/time-zone.ts'

/** `14:06, Rotterdam`: what the clock shows where the customer is; empty when that is not known. */
export function localTime(now: number, zone: string, desk: string): string {
  if (zone === '' || !isTimeZone(zone)) return ''
  const time = new Intl.DateTimeFormat(desk === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now)
  const place = placeOfZone(zone, desk)
  if (!place) return time
  return desk === 'en' ? `${time}, ${place}` : `${time}，${place}`
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
