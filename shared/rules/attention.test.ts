import { describe, expect, test } from 'vitest'
import {
  type Alerting,
  alertKinds,
  attentionOf,
  loudestOf,
  type Moment,
  momentOf,
  pauseAfter,
  respond,
} from './attention.ts'

const usual = attentionOf(undefined)
const by = (
  kind: Alerting['kind'],
  family: Alerting['family'],
  priority: Alerting['priority'] = 'normal',
) => ({
  kind,
  family,
  priority,
})
const moment = (over: Partial<Moment> = {}): Moment => ({
  quiet: false,
  muted: false,
  focus: 'away',
  ...over,
})

describe('what is told, and how', () => {
  test.each([
    // kind, family, sound, whether it comes again
    ['new', 'chat', 'chat', true],
    ['new', 'phone', 'phone', true],
    ['new', 'email', 'mail', false],
    ['new', 'social', 'mail', false],
    ['queue', 'chat', 'chat', true],
    ['queue', 'email', 'mail', false],
    ['mine', 'chat', 'chat', true],
    ['mine', 'email', 'mail', false],
    ['assigned', 'chat', 'chat', true],
    ['assigned', 'email', 'mention', false],
    ['mention', 'chat', 'mention', false],
    ['failed', 'chat', 'failure', false],
    ['held', 'email', 'failure', false],
  ] as const)('%s on %s: %s, again until seen: %s', (kind, family, sound, repeat) => {
    expect(respond(by(kind, family), usual, moment())).toMatchObject({
      banner: 'system',
      sound,
      repeat,
      badge: true,
    })
  })

  test.each([
    ['away', 'system'],
    ['elsewhere', 'toast'],
    ['here', null],
  ] as const)('a person who is %s is shown it by: %s', (focus, banner) => {
    expect(respond(by('mine', 'chat'), usual, moment({ focus })).banner).toBe(banner)
  })

  test('what is looked at makes no sound', () => {
    expect(respond(by('mine', 'chat'), usual, moment({ focus: 'here' })).sound).toBeNull()
  })

  test('quiet hours take sound, banner and flashing, and never the count, of every kind', () => {
    for (const kind of alertKinds)
      expect(respond(by(kind, 'chat'), usual, moment({ quiet: true }))).toEqual({
        banner: null,
        sound: null,
        repeat: false,
        badge: true,
        flash: false,
      })
  })

  test('urgent ones break through quiet hours only where the person allowed it', () => {
    const quiet = moment({ quiet: true })
    expect(respond(by('mine', 'chat', 'urgent'), usual, quiet).sound).toBeNull()
    const allowed = attentionOf({ urgentBreaks: true })
    expect(respond(by('mine', 'chat', 'urgent'), allowed, quiet)).toMatchObject({
      sound: 'chat',
      banner: 'system',
    })
    expect(respond(by('mine', 'chat', 'high'), allowed, quiet).sound).toBeNull()
  })

  test('muted is silent, and still shown', () => {
    expect(respond(by('mine', 'chat'), usual, moment({ muted: true }))).toMatchObject({
      banner: 'system',
      sound: null,
      repeat: false,
    })
  })

  test('what is low in priority is only counted', () => {
    expect(respond(by('mine', 'chat', 'low'), usual, moment())).toMatchObject({
      banner: null,
      sound: null,
      badge: true,
      flash: false,
    })
  })

  test('the task bar flashes for those who wait at the other end and for what is urgent, not for every mail', () => {
    expect(respond(by('new', 'email'), usual, moment()).flash).toBe(false)
    expect(respond(by('new', 'email', 'urgent'), usual, moment()).flash).toBe(true)
    expect(respond(by('new', 'chat'), usual, moment()).flash).toBe(true)
  })

  test('what a person chose for a kind counts, for that kind alone', () => {
    const chosen = attentionOf({ kinds: { mine: { banner: true, sound: true, repeat: false } } })
    expect(respond(by('mine', 'chat'), chosen, moment())).toMatchObject({ sound: 'chat', repeat: false })
    expect(respond(by('queue', 'chat'), chosen, moment()).repeat).toBe(true)
    const silent = attentionOf({ kinds: { mine: { banner: true, sound: false, repeat: true } } })
    expect(respond(by('mine', 'chat'), silent, moment())).toMatchObject({
      banner: 'system',
      sound: null,
      repeat: false,
    })
  })

  test('muting ends by itself', () => {
    const muted = attentionOf({ mutedUntil: 5_000 })
    expect(momentOf(muted, 4_999, 'away').muted).toBe(true)
    expect(momentOf(muted, 5_000, 'away').muted).toBe(false)
  })
})

test('of several at once the most pressing sounds', () => {
  expect(loudestOf(['mail', 'chat', 'mention'])).toBe('chat')
  expect(loudestOf(['chat', 'phone'])).toBe('phone')
  expect(loudestOf([])).toBeUndefined()
})

test('a chat that nobody sees rings less and less often and never stops; a telephone rings on', () => {
  const pauses = Array.from({ length: 40 }, (_, times) => pauseAfter('chat', times))
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses)
  expect(pauses.at(-1)).toBeLessThanOrEqual(120_000)
  expect(pauseAfter('phone', 30)).toBe(pauseAfter('phone', 0))
})
