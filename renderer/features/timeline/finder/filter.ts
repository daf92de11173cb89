import { z } from 'zod'
import { ThreadFilter } from '#shared/queries/index.ts'
import { writtenDay } from '../../times/typed-date.ts'

/** What of a timeline is shown, as a person chose it: days are whole days of this desk's calendar, `2026-11-22`; empty: no end. */
export const Chosen = ThreadFilter.pick({ channels: true, kinds: true, authors: true }).extend({
  fromDay: z.string(),
  untilDay: z.string(),
})
export type Chosen = z.infer<typeof Chosen>

export const everything: Chosen = { channels: [], kinds: [], authors: [], fromDay: '', untilDay: '' }

export const isEverything = ({ channels, kinds, authors, fromDay, untilDay }: Chosen): boolean =>
  channels.length + kinds.length + authors.length === 0 && fromDay === '' && untilDay === ''

/** Both ends are days, and in order. */
export const daysFit = ({ fromDay, untilDay }: Pick<Chosen, 'fromDay' | 'untilDay'>): boolean =>
  fromDay === '' || untilDay === '' || fromDay <= untilDay

/** As the replica is asked; days that do not fit are left out. The last day is in it. */
export function filterOf(chosen: Chosen): ThreadFilter {
  const { channels, kinds, authors, fromDay, untilDay } = daysFit(chosen)
    ? chosen
    : { ...chosen, fromDay: '', untilDay: '' }
  return {
    channels: [...channels],
    kinds: [...kinds],
    authors: [...authors],
    from: fromDay === '' ? null : startOf(fromDay, 0),
    until: untilDay === '' ? null : startOf(untilDay, 1),
  }
}

/** The first instant of a day, or of one after it: not 24 hours later, where clocks are changed. */
function startOf(day: string, after: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + after).getTime()
}

/** The last so many days, today among them. */
export function lastDays(count: number, now: number): Pick<Chosen, 'fromDay' | 'untilDay'> {
  const today = new Date(now)
  const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - count + 1)
  return { fromDay: writtenDay(from.getTime()), untilDay: '' }
}

export const toggled = <Value>(list: readonly Value[], value: Value): Value[] =>
  list.includes(value) ? list.filter(each => each !== value) : [...list, value]
