// One thread: every channel, what it carries, and what can go wrong with it.
import { failed, ok } from '#shared/protocol/fault.ts'
import { known } from '../customer/carded.ts'
import { thursday } from '../support/veloform.ts'
import { face } from '../timeline/face.ts'
import { choose } from '../timeline/opened.ts'
import { chatId, mailId, thread, withHeld } from '../timeline/scene.ts'
import { button, type Hands, press, type Scene, third } from './scene.ts'

const placed = async (hands: Hands): Promise<void> => {
  await third(hands)
  await hands.page.locator('.tl-scroll[data-placed]').waitFor()
}
const at = (conversationId: string) => async (hands: Hands) => {
  await placed(hands)
  await choose(hands.page, hands.world, conversationId)
}

export const threadScenes: Record<string, Scene> = {
  desk: {
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('r')
      await hands.page.keyboard.type(
        hands.say(
          'Hi Amara, the serial checks out, so a new PB-48 leaves Utrecht tonight. You will have tracking by 18:00.',
          '赵经理，维修确认单请见附件，联网后会自动发出。',
        ),
      )
    },
  },
  'thread-plain': { act: third },
  'thread-small': { small: true, act: third },
  'thread-loading': { prepare: core => core.query('timeline', 'waits'), act: third },
  'thread-failed': { prepare: core => core.query('timeline', failed('internal')), act: third },
  'thread-empty': {
    rows: world => {
      for (const { id, conversationId } of world.all('item'))
        if (conversationId === 'conversation-3') world.rows.docs.delete(`item:${id}`)
    },
    act: third,
  },
  face: {
    whole: face,
    rows: world => {
      world.cards = known(thursday)
    },
    act: placed,
  },
  'thread-offline': {
    offline: true,
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('r')
      await hands.page.keyboard.type(
        hands.say('Please find the confirmation attached.', '赵经理，维修确认单请见附件，联网后会自动发出。'),
      )
    },
  },
  'thread-mail': { whole: thread, act: at(mailId) },
  'thread-social': { whole: thread, act: at(chatId) },
  'thread-chat': { whole: face, act: at('face-chat') },
  'thread-call': { whole: face, act: at('face-call') },
  'thread-original': {
    whole: thread,
    prepare: core => core.answer('attachmentRead', () => ok({ name: '', type: 'image/png', bytes: pixel })),
    act: async hands => {
      await at(mailId)(hands)
      await button(hands, 'Original', '原样').first().click()
      await hands.page.locator('.tl-original iframe').waitFor()
    },
  },
  'thread-held': {
    whole: language =>
      withHeld(
        thread(language),
        language === 'zh' ? '三台都在保修期内。' : 'All three are covered.',
        language === 'zh' ? '另外，备用钥匙已寄出。' : 'And the spare keys are on their way.',
      ),
    act: placed,
  },
  'thread-unread': { act: hands => hands.page.getByRole('option').nth(1).click() },
  'thread-menu': {
    whole: face,
    act: async hands => {
      await placed(hands)
      await hands.page
        .locator('.chead')
        .getByRole('button', { name: hands.say('More', '更多') })
        .click()
    },
  },
  finder: {
    whole: face,
    act: async hands => {
      await placed(hands)
      await hands.page.locator('.tl-scroll').focus()
      await hands.page.keyboard.press('Control+f')
      await hands.page.keyboard.type('PB-48')
    },
  },
  'finder-nothing': {
    whole: face,
    act: async hands => {
      await placed(hands)
      await hands.page.locator('.tl-scroll').focus()
      await hands.page.keyboard.press('Control+f')
      await button(hands, 'Kind', '类型').click()
      await hands.page.getByRole('menuitemcheckbox').nth(2).click()
    },
  },
  transcript: {
    whole: language => {
      const world = face(language)
      const channel = world.one('channel', 'chat')!
      world.put('channel', { ...channel, can: { ...channel.can, transcript: true } })
      world.put('conversation', {
        ...world.one('conversation', 'face-chat')!,
        lastReply: { seq: 2, at: thursday - 60_000, agentId: null },
      })
      return world
    },
    act: async hands => {
      await at('face-chat')(hands)
      await hands.page.locator('.tl-scroll').focus()
      await hands.page.keyboard.press('m')
      await hands.page.getByRole('dialog').waitFor()
    },
  },
  split: {
    act: async hands => {
      const { page } = hands
      await third(hands)
      await press(page, 'Escape', 'Control+\\')
      await page.getByRole('option').nth(1).click()
      await page.locator('.shell-half .tl-scroll[data-placed]').nth(1).waitFor()
    },
  },
  'side-over': {
    act: async hands => {
      await third(hands)
      await hands.page.setViewportSize({ width: 1000, height: 640 })
      await hands.page.evaluate(() => (document.activeElement as HTMLElement).blur())
      await hands.page.keyboard.press(']')
    },
  },
  'pop-out': {
    act: async hands => {
      const { page } = hands
      await third(hands)
      const opened = page.context().waitForEvent('page')
      await page.locator('.shell-main').focus()
      await page.keyboard.press('o')
      const own = await opened
      const hash = await own.evaluate(() => location.hash)
      await own.close()
      await page.evaluate(to => {
        location.hash = to
        location.reload()
      }, hash)
      await page.locator('.pop-out .tl-scroll[data-placed]').waitFor()
    },
  },
  // A row that nobody could have made: one part is taken away, and the rest of the desk goes on.
  'part-broken': {
    rows: world => {
      const item = world.one('item', 'item-3-5')!
      world.put('item', { ...item, mail: { ...item.mail!, to: null as never } })
    },
    act: async ({ page, say }) => {
      await page
        .getByRole('option', { name: say(/Amara/, /赵明轩/) })
        .first()
        .click()
      await page.locator('.broken').first().waitFor()
    },
  },
}

const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='),
  each => each.charCodeAt(0),
)
