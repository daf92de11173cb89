// Calls and public comments in a thread, and a channel on which nothing can be answered.
// SKEIN_PICTURES=FOLDER also takes pictures, in both languages and themes.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Call } from '#shared/model/call.ts'
import { inbound, outbound } from '../support/items.ts'
import { stageOfFile } from '../support/stage.ts'
import type { World } from '../support/world.ts'
import { article, openThread } from './opened.ts'
import { at, chat, chatId, colleague, thread } from './scene.ts'

const stage = stageOfFile()

const callId = 'conversation-3-call'
const phone = { ...chat, conversationId: callId, channel: 'phone' }
const call = (outcome: Call['outcome'], over: Partial<Call> = {}): Call => ({
  outcome,
  waited: 0,
  spoken: 0,
  agentId: null,
  disposition: '',
  ...over,
})

/** The thread with three calls and a comment at its end. */
function world(language: 'en' | 'zh' = 'en'): World {
  const made = thread(language)
  const zh = language === 'zh'
  const like = made.one('channel', 'whatsapp')!
  const can = { ...like.can, reply: false, attachments: false }
  made.put('channel', { ...like, id: 'phone', family: 'phone', label: { en: 'Phone', zh: '电话' }, can })
  made.put('conversation', {
    ...made.one('conversation', chatId)!,
    id: callId,
    channel: 'phone',
    subject: zh ? '换货登记' : 'Replacement agreed',
    activityAt: at(26, 9, 0),
  })
  const who = { identityId: 'identity-3', from: '', name: '' }
  const day = at(19, 9, 0)
  const left = zh
    ? '请尽快给我回电话，周五要用车。'
    : 'Please call me back before Friday, we ride again then.'
  const noted = zh ? '已同意先发新电池组。' : 'Agreed to send the new pack first.'
  made.put(
    'item',
    inbound(phone, { ...who, id: 'c1', seq: 1, at: day, text: '' }, { call: call('missed', { waited: 42 }) }),
  )
  made.put(
    'item',
    inbound(
      phone,
      { ...who, id: 'c2', seq: 2, at: day + 120_000, text: left },
      { call: call('voicemail', { waited: 31, spoken: 34 }) },
    ),
  )
  const back = {
    id: 'c3',
    seq: 3,
    at: day + 900_000,
    text: noted,
    state: 'sent',
    to: '',
    agentId: colleague,
  } as const
  made.put('item', {
    ...outbound(phone, back),
    delivery: null,
    call: call('answered', { spoken: 402, agentId: colleague, disposition: zh ? '已解决' : 'Resolved' }),
  })
  made.put(
    'item',
    inbound(
      chat,
      {
        ...who,
        id: 'c4',
        seq: 40,
        at: day + 1_800_000,
        text: zh ? '这款雨篷什么时候上市？' : 'When does the rain cover come?',
      },
      { comment: { post: zh ? '新雨篷' : 'The new rain cover', url: '' } },
    ),
  )
  return made
}

it('a call says which way it went, what became of it, with whom and how long, and what was left or noted', async () => {
  const desk = await openThread(stage, world())
  const { page } = desk
  await expect.poll(() => article(page, 'Missed call').textContent()).toContain('waited 0:42')
  const voicemail = article(page, 'Voicemail')
  expect(await voicemail.textContent()).toContain('0:34')
  expect(await voicemail.textContent()).toContain('Please call me back before Friday')
  const answered = await article(page, 'Outgoing call').textContent()
  for (const words of ['6:42', 'Resolved', 'Agreed to send the new pack first.'])
    expect(answered).toContain(words)
})

it('what was said for everybody is called a public comment, and its post is named', async () => {
  const desk = await openThread(stage, world())
  const comment = article(desk.page, 'When does the rain cover come?')
  await expect.poll(() => comment.textContent()).toContain('Public comment on “The new rain cover”')
})

it('where nothing can be answered there is no place for a reply, only for notes, and it says so', async () => {
  const desk = await openThread(stage, world(), { conversationId: callId })
  const { page } = desk
  await page.getByText('Phone is history here and cannot be answered').waitFor()
  expect(await page.getByRole('textbox', { name: 'Your reply' }).count()).toBe(0)
  await page.getByRole('textbox', { name: 'Your note' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  expect(await page.getByRole('textbox', { name: 'Your reply' }).count()).toBe(0)
})

const folder = process.env.SKEIN_PICTURES
it.runIf(folder)('pictures', async () => {
  for (const [language, theme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const) {
    const made = world(language)
    const desk = await openThread(stage, made, {
      conversationId: callId,
      prepare: core =>
        core.preferences({ theme, language: language === 'zh' ? 'zh-CN' : 'en', density: 'comfortable' }),
    })
    await desk.page.locator('.tl-call').first().waitFor()
    await desk.page.screenshot({ path: join(folder!, `calls-${theme}-${language}.png`) })
    await desk.close()
  }
})
