import { beforeEach, describe, expect, test } from 'vitest'
import type { EventName } from '#shared/ipc/contract.ts'
import type { Preferences } from '#shared/ipc/states.ts'
import type { Alert } from '#shared/queries/index.ts'
import { usualQuiet } from '#shared/rules/quiet-hours.ts'
import type { Tell } from '../desk.ts'
import type { Ground } from '../ground.ts'
import { type Attention, createAttention } from './attention.ts'

/** A Monday at noon by this machine's clock. */
const NOON = new Date(2026, 10, 23, 12).getTime()

let now: number
let timers: { at: number; run(): void }[]
let heard: { name: EventName; value: unknown }[]
let attention: Attention
let preferences: Preferences
let catchingUp: boolean
let open: boolean

beforeEach(() => {
  now = NOON
  timers = []
  heard = []
  preferences = { theme: 'system', language: 'system', density: 'comfortable' }
  catchingUp = false
  open = true
  const ground = {
    now: () => now,
    after(wait: number, run: () => void) {
      const timer = { at: now + wait, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(each => each !== timer)
      }
    },
  } as Ground
  attention = createAttention({
    ground,
    tell: ((name, value) => heard.push({ name, value })) as Tell,
    preferences: () => preferences,
    open: () => open,
    catchingUp: () => catchingUp,
  })
})

/** Lets time pass, and what is due run in order. @returns what was told meanwhile */
const pass = (milliseconds: number): string[] => {
  const before = heard.length
  const end = now + milliseconds
  for (;;) {
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
    if (!next) break
    timers = timers.filter(each => each !== next)
    now = next.at
    next.run()
  }
  now = end
  return heard.slice(before).map(({ name, value }) => {
    const { motif, id, customers } = value as { motif?: string; id?: string; customers?: number }
    return `${name} ${motif ?? id ?? customers}`
  })
}
const alert = (id: string, over: Partial<Alert> = {}): Alert => ({
  ...{ id, kind: 'mine', mark: 1, conversationId: id, customerId: id, customerName: id, preview: 'Hello' },
  ...{ channel: 'chat', family: 'chat', priority: 'normal', itemId: null, seq: 1, at: NOON, since: NOON },
  ...over,
})
const mail = (id: string, over: Partial<Alert> = {}): Alert =>
  alert(id, { channel: 'email', family: 'email', ...over })
const minutes = 60_000

describe('news', () => {
  beforeEach(() => attention.stand([], true))

  test('a mail is told and heard once; a chat rings until it is seen, and then no more', () => {
    attention.stand([mail('m')], false)
    expect(pass(1000)).toEqual(['arrived m', 'sound mail'])
    expect(pass(10 * minutes)).toEqual([])
    attention.stand([mail('m'), alert('c')], false)
    expect(pass(1000)).toEqual(['arrived c', 'sound chat'])
    expect(pass(25_000)).toEqual(['sound chat', 'sound chat'])
    attention.stand([mail('m')], false)
    expect(pass(10 * minutes)).toEqual([])
    expect(timers).toEqual([])
  })

  test('what is read while one looks at it is not told', () => {
    attention.stand([alert('c')], false)
    pass(300)
    attention.stand([], false)
    expect(pass(minutes)).toEqual([])
  })

  test('what was told is not told again when it comes again; more of it is', () => {
    attention.stand([mail('m')], false)
    pass(1000)
    attention.stand([], false)
    attention.stand([mail('m')], false)
    expect(pass(minutes)).toEqual([])
    attention.stand([mail('m', { mark: 2 })], false)
    expect(pass(minutes)).toEqual(['arrived m', 'sound mail'])
  })

  test('many that come while it catches up are one sentence when all are here, and who waits at the other end rings on', () => {
    catchingUp = true
    const away = Array.from({ length: 11 }, (_, index) =>
      mail(`m${index}`, { since: NOON - index * minutes }),
    )
    attention.stand(away, false)
    expect(pass(5000)).toEqual([])
    attention.stand([...away, alert('c', { since: NOON - 600 * minutes })], false)
    catchingUp = false
    expect(pass(1500)).toEqual(['arrivals 12', 'sound chat'])
    expect(heard[0]!.value).toMatchObject({ longest: { conversationId: 'c', since: NOON - 600 * minutes } })
    expect(pass(10_000)).toEqual(['sound chat'])
  })

  test('a locked desk tells nothing', () => {
    open = false
    attention.stand([alert('c')], false)
    expect(pass(5 * minutes)).toEqual([])
  })
})

test('what the desk finds when it opens is no news, but a chat that waits rings', () => {
  attention.stand([mail('m'), alert('c')], true)
  expect(pass(1000)).toEqual(['sound chat'])
  expect(pass(10_000)).toEqual(['sound chat'])
})

test('after a sleep who still waits is heard at once', () => {
  attention.stand([alert('c')], true)
  pass(30 * minutes)
  attention.woke()
  expect(pass(1000)).toEqual(['sound chat'])
})

test('after a sleep nobody rings whom a colleague has seen to meanwhile', () => {
  attention.stand([alert('c'), alert('d')], true)
  pass(30 * minutes)
  catchingUp = true
  attention.woke()
  expect(pass(5_000)).toEqual([])
  attention.stand([], false)
  catchingUp = false
  expect(pass(10 * minutes)).toEqual([])
})

describe('silence', () => {
  test('in quiet hours nothing is told or heard; when they end, what still stands is told, and who waits rings', () => {
    preferences = { ...preferences, attention: { quiet: { ...usualQuiet, on: true } } }
    now = new Date(2026, 10, 23, 7, 50).getTime()
    attention.stand([], true)
    attention.stand([alert('c'), mail('m'), mail('seen')], false)
    expect(pass(5 * minutes)).toEqual([])
    attention.stand([alert('c'), mail('m')], false)
    expect(pass(4 * minutes)).toEqual([])
    expect(pass(2 * minutes).slice(0, 4)).toEqual(['arrived c', 'arrived m', 'sound chat', 'sound chat'])
  })

  test('in quiet hours what is urgent is told at once where the person allows it', () => {
    preferences = { ...preferences, attention: { quiet: { ...usualQuiet, on: true }, urgentBreaks: true } }
    now = new Date(2026, 10, 23, 3).getTime()
    attention.stand([], true)
    attention.stand([mail('m')], false)
    pass(10_000)
    attention.stand([mail('m'), mail('u', { priority: 'urgent' })], false)
    expect(pass(1_000)).toEqual(['arrived u', 'sound mail'])
  })

  test('muted it is shown without a sound, and heard again when muting ends', () => {
    preferences = { ...preferences, attention: { mutedUntil: NOON + 60 * minutes } }
    attention.stand([], true)
    attention.stand([alert('c')], false)
    expect(pass(59 * minutes)).toEqual(['arrived c'])
    expect(pass(2 * minutes)).toContain('sound chat')
  })

  test('muting while it rings ends the ringing', () => {
    attention.stand([alert('c')], true)
    pass(5000)
    preferences = { ...preferences, attention: { mutedUntil: now + 60 * minutes } }
    attention.wantedChanged()
    expect(pass(30 * minutes)).toEqual([])
  })

  test('who wants no repetition hears a chat once', () => {
    preferences = {
      ...preferences,
      attention: { kinds: { mine: { banner: true, sound: true, repeat: false } } },
    }
    attention.stand([], true)
    attention.stand([alert('c')], false)
    expect(pass(10 * minutes)).toEqual(['arrived c', 'sound chat'])
  })
})
