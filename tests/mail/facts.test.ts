// What a mail is besides its words, on the desk in a real Chromium, in both languages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mail } from '#shared/model/item.ts'
import { type DeskPage, openStage, type Stage } from '../renderer/support/page.ts'
import { thread } from '../renderer/timeline/scene.ts'

const event = {
  method: 'invitation',
  summary: '安装 <b>lamp</b>',
  start: '2026-11-23 10:00',
  end: '2026-11-23 11:30',
  zone: 'Asia/Shanghai',
  location: 'Room 5',
  organizer: 'Li Wei',
} as const
const facts: Partial<Mail> = {
  sender: 'unverified',
  protection: 'pgp-signed',
  events: [
    event,
    { ...event, method: 'cancel', end: '', start: '2026-12-24', zone: '', location: '', organizer: '' },
  ],
}

describe.each(['en', 'zh'] as const)('a mail with facts, in %s', language => {
  let stage: Stage
  let desk: DeskPage
  beforeAll(async () => {
    stage = await openStage()
    const world = thread()
    const item = world.one('item', 'a1')!
    world.put('item', { ...item, mail: { ...item.mail!, ...facts } })
    desk = await stage.open(world, {
      prepare: core =>
        core.preferences({
          language: language === 'en' ? 'en' : 'zh-CN',
          theme: language === 'en' ? 'light' : 'dark',
        }),
    })
    await desk.page.getByText('Amara Okonkwo').first().click()
  })
  afterAll(async () => {
    await desk?.close()
    await stage?.close()
  })

  it('says them, a line each, and shows what a stranger wrote as text', async () => {
    const lines = desk.page.locator('.tl-facts li')
    await expect.poll(() => lines.count()).toBe(4)
    await lines.last().scrollIntoViewIfNeeded()
    const said = await lines.allTextContents()
    const [sender, protection] = {
      en: ['it may be forged', 'Signed with PGP'],
      zh: ['可能是伪造的', 'PGP 签名'],
    }[language]
    const [invitation, cancelled] = {
      en: ['Invitation', 'Called off'],
      zh: ['日程邀请', '日程取消'],
    }[language]
    const colon = language === 'en' ? ': ' : '：'
    expect(said[0]).toContain(sender)
    expect(said[1]).toContain(protection)
    expect(said[2]).toBe(
      `${invitation}${colon}安装 <b>lamp</b> · 2026-11-23 10:00 – 11:30 (Asia/Shanghai) · Room 5 · Li Wei`,
    )
    expect(said[3]).toBe(`${cancelled}${colon}安装 <b>lamp</b> · 2026-12-24`)
    const card = desk.page.locator('.tl-card', { has: desk.page.locator('.tl-facts') })
    if (process.env.PICTURE) await card.screenshot({ path: `${process.env.PICTURE}-${language}.png` })
  })
})
