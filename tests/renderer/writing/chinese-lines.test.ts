// Chinese breaks between any two characters: what is one word on the desk stands in one line all the same, in a real Chromium.
import { expect, it } from 'vitest'
import { stageOfFile } from '../support/stage.ts'
import { openThread } from '../timeline/opened.ts'
import { mailId, thread } from '../timeline/scene.ts'

const stage = stageOfFile()

it('to whom an answer goes is one line in Chinese, too, however narrow the thread: the address gives way', async () => {
  const world = thread()
  const conversation = world.one('conversation', mailId)!
  world.put('conversation', { ...conversation, subject: 'Return of the rain cover, and of the box' })
  world.put('identity', { ...world.one('identity', 'identity-3')!, address: 'tessa.moreau@example.com' })
  const { page } = await openThread(stage, world, {
    prepare: core => core.preferences({ language: 'zh-CN' }),
  })
  const label = page.locator('.comp-to').getByText('收件人', { exact: true })
  for (const width of [1440, 1360, 1280, 1240, 1200, 1160, 1121, 1080, 1000]) {
    await page.setViewportSize({ width, height: 800 })
    // Narrow, the label is not shown at all: 0.
    const lines = await label.evaluate(element => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    })
    expect(lines, `${width}`).toBeLessThan(2)
  }
})
