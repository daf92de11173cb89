/** The one file that pages load, and what it does not contain. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { widgetScript } from '../../server/channels/chat/bundle.ts'
import { contrastOf } from '../../server/channels/chat/widget/dom.ts'
import { wordsIn } from '../../server/channels/chat/widget/words.ts'
import { startHub, type TestHub } from '../hub/hub.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
})
afterAll(() => hub?.close())

test('the hub serves it to any site: one script, under 40 KB gzipped, kept by its tag', async () => {
  const url = `${hub.url}/v1/channels/chat/widget.js`
  const answer = await fetch(url, { headers: { origin: 'https://shop.example' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/javascript')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const size = Number(answer.headers.get('content-length'))
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toBe(await answer.text())
  expect(size).toBeLessThan(40 * 1024)
  expect(size).toBeGreaterThan(5 * 1024)
  const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag')! } })
  expect(again.status).toBe(304)
})

test('it puts in text and never markup, and runs nothing that it was not built with', async () => {
  const { code } = await widgetScript()
  for (const way of [
    'innerHTML',
    'outerHTML',
    'insertAdjacentHTML',
    'document.write',
    'eval(',
    'new Function(',
  ])
    expect(code.includes(way), way).toBe(false)
  expect(code).not.toMatch(/\b(?:import|require)\s*\(/)
})

test('both languages say everything', () => {
  const [en, zh] = [wordsIn('en'), wordsIn('zh')]
  expect(Object.keys(zh)).toEqual(Object.keys(en))
  for (const [key, words] of Object.entries(zh))
    if (typeof words === 'string') expect(words, key).toMatch(/[\u4e00-\u9fff]/)
})

test('words on the colour of the inbox can be read, whatever colour it is', () => {
  expect(contrastOf('#0b6e5b')).toBe('#ffffff')
  expect(contrastOf('#ffe066')).toBe('#111111')
  expect(contrastOf('#000000')).toBe('#ffffff')
  expect(contrastOf('#ffffff')).toBe('#111111')
})

test('what is no door is not there', async () => {
  for (const path of [
    'chat/other',
    'nothing/widget.js',
    'email/widget.js',
    'chat/config',
    'chat/config?inbox=x',
  ])
    expect((await fetch(`${hub.url}/v1/channels/${path}`)).status, path).toBe(404)
  expect((await fetch(`${hub.url}/v1/channels/chat/config`, { method: 'POST', body: '{}' })).status).toBe(405)
})
