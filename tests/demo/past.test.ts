/** The words of the demonstration's past; that a hub takes them is shown beside (elsewhere.test.ts) and by starting one (tests/shell/start.test.ts). */
import { expect, test } from 'vitest'
import { everybody } from '../../server/demo/background.ts'
import { dialogueThreads } from '../../server/demo/dialogue-threads.ts'
import { random } from '../../server/demo/random.ts'

const people = everybody(random(20_261_121))
const threads = dialogueThreads(1_920, people, random(20_261_123))

test('has mail and chats of both languages, each answered and closed', () => {
  const chats = threads.filter(({ chat }) => chat)
  expect(chats.length).toBeGreaterThan(600)
  const mails = threads.filter(({ chat, place }) => !chat && !place)
  for (const group of [chats, mails])
    for (const inbox of ['support', 'kefu'])
      expect(group.filter(each => each.inbox === inbox).length).toBeGreaterThan(250)
  for (const { turns, status, history } of threads) {
    expect([status, history]).toEqual(['closed', true])
    expect(turns.some(({ by, call }) => by !== 'customer' || call?.outcome === 'answered')).toBe(true)
  }
})

test('has calls of every kind, taken, missed and called back, and talks on each network', () => {
  const calls = threads.flatMap(({ turns }) =>
    turns.flatMap(({ by, call }) => (call ? [{ by, ...call }] : [])),
  )
  expect(new Set(calls.map(({ outcome }) => outcome)).size).toBe(5)
  for (const { by, outcome, spoken, agentId } of calls) {
    expect(spoken > 0).toBe(outcome === 'answered' || outcome === 'voicemail')
    expect(agentId !== null).toBe(outcome === 'answered' || by !== 'customer')
  }
  const byPlace = Map.groupBy(threads, ({ place }) => place ?? 'here')
  for (const place of ['phone', 'whatsapp', 'wechat', 'instagram'] as const)
    expect(byPlace.get(place)!.length, place).toBeGreaterThan(20)
  // Below a post begins what goes on between two.
  for (const { turns } of byPlace.get('instagram')!)
    expect(turns.map(turn => turn.by === 'customer' && turn.comment !== undefined)).toEqual(
      turns.map((_, index) => index === 0),
    )
})

test('is not one conversation two thousand times', () => {
  const words = threads.map(({ turns }) => turns.map(({ text }) => text.replace(/\d/g, '_')).join('\n'))
  expect(new Set(words).size).toBeGreaterThan(1_500)
  expect(words.join('')).not.toMatch(/\{\w+\}/)
})

test('has customers who wrote by mail and by chat', () => {
  const byAddress = Map.groupBy(threads, ({ person }) => person.address)
  const both = [...byAddress.values()].filter(
    all => all.some(({ chat }) => chat?.known) && all.some(({ chat }) => !chat),
  )
  expect(both.length).toBeGreaterThan(100)
})
