// Writing: answers, notes, forwards, what is put in, and what is refused.
import { keepsFiles, pasteFiles, screenshot } from '../support/files.ts'
import { thursday } from '../support/veloform.ts'
import { face } from '../timeline/face.ts'
import { choose } from '../timeline/opened.ts'
import { withMacros } from '../writing/macros.ts'
import { button, type Hands, type Scene, third } from './scene.ts'

const begun =
  (
    key: 'r' | 'n',
    en: string,
    zh: string,
    then?: (hands: Hands) => Promise<unknown>,
  ): NonNullable<Scene['act']> =>
  async hands => {
    await third(hands)
    await hands.page.keyboard.press(key)
    await hands.page.keyboard.type(hands.say(en, zh))
    await then?.(hands)
  }

/** Several conversations with one customer, of which one is written in. */
async function inConversation(hands: Hands, conversationId: string): Promise<void> {
  await third(hands)
  await hands.page.locator('.tl-scroll[data-placed]').waitFor()
  await choose(hands.page, hands.world, conversationId)
}

const attach = (bytes: number, name: string) => (hands: Hands) =>
  hands.page
    .locator('[data-keys=composer] input[type=file]')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(bytes) })

const display = { name: 'display.png', type: 'image/png', bytes: screenshot(1280, 640) }

export const composerScenes: Record<string, Scene> = {
  pictures: {
    prepare: core => void keepsFiles(core),
    act: begun('r', 'Press the red button twice:', '请按两次红色按钮：', async hands => {
      const { page, say } = hands
      await page.keyboard.press('Enter')
      await pasteFiles(page, [display])
      const picture = page.locator('.comp-text .word-picture')
      await picture.locator('img').waitFor()
      await page.keyboard.type(say(' Then it counts again.', ' 然后会重新计数。'))
      await picture.click()
      for (let step = 0; step < 2; step++) await page.keyboard.press('-')
      await page.keyboard.press('Enter')
      await page.keyboard.type(
        say('The display, the red button at the bottom right', '显示屏，右下角的红色按钮'),
      )
    }),
  },
  'pictures-sent': {
    prepare: core => void keepsFiles(core),
    act: begun('r', 'Press the red button twice:', '请按两次红色按钮：', async ({ page }) => {
      await page.keyboard.press('Enter')
      await pasteFiles(page, [display])
      await page.locator('.comp-text .word-picture img').waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('.rich .word-picture img').waitFor()
    }),
  },
  'picture-refused': {
    prepare: core => void keepsFiles(core),
    act: begun('r', 'The plan:', '平面图：', async ({ page }) => {
      await page
        .locator('[data-keys=composer] input[type=file]')
        .setInputFiles({ name: 'display.png', mimeType: 'image/png', buffer: display.bytes })
      await page.locator('.comp-file').first().waitFor()
      await pasteFiles(page, [{ name: 'plan.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg/>') }])
      await page.locator('.comp-problem').first().waitFor()
    }),
  },
  composer: {
    act: async hands => {
      const { page, say } = hands
      await third(hands)
      await page.keyboard.press('r')
      const lines = say(
        ['**Hello Amara,**', 'two things are still missing:', '- the label with `PB-48` on it'],
        ['**赵经理：**', '还差两样：', '- 带 `PB-48` 的标签'],
      )
      for (const line of lines) await page.keyboard.type(`${line}\n`)
      await page.keyboard.type(
        say(
          'a photo of the display\n\n> It drops within half an hour\n\nThe steps are on veloform.com. ',
          '显示屏照片\n\n> 半小时内掉电\n\n步骤见 veloform.com. ',
        ),
      )
    },
  },
  note: { act: begun('n', 'Release before 17:00, please.', '请在 17:00 前放行。') },
  addresses: {
    act: begun('r', 'As agreed.', '如约定。', async hands => {
      await hands.page.getByRole('button', { name: hands.say('Cc', '抄送'), exact: true }).click()
      const field = hands.page.locator('.comp-cc input').last()
      await field.pressSequentially('fleet@parcelo.eu,')
      await field.pressSequentially('nobody at all')
      await hands.page.keyboard.press('Enter')
    }),
  },
  link: {
    act: begun('r', 'The steps', '步骤', async ({ page }) => {
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Control+Shift+k')
      await page.getByRole('dialog').waitFor()
    }),
  },
  files: {
    rows: world => {
      const channel = world.one('channel', 'email')!
      world.put('channel', { ...channel, limits: { ...channel.limits, attachmentBytes: 30_000 } })
    },
    prepare: core => core.answer('attachmentBegin' as never, () => ({ ok: true, value: null })),
    act: begun('r', 'See attached.', '请见附件。', async hands => {
      await attach(
        400_000,
        hands.say('Warranty certificate 2026, signed.pdf', '2026 年保修凭证（已签署）.pdf'),
      )(hands)
      await hands.page.locator('.comp-problem').first().waitFor()
    }),
  },
  'too-long': {
    rows: world => {
      const channel = world.one('channel', 'email')!
      world.put('channel', { ...channel, limits: { ...channel.limits, textCharacters: 40 } })
    },
    act: begun(
      'r',
      'This is a good deal longer than the forty letters that there are.',
      '这一段话比这个渠道允许的四十个字要长一些，所以要提醒写的人，发送之前先把它缩短，或者分成两条来发送。',
    ),
  },
  'send-menu': {
    act: begun('r', 'As agreed.', '如约定。', hands =>
      button(hands, 'More ways to send', '其他发送方式').click(),
    ),
  },
  macro: {
    rows: (world, language) => void withMacros(world, language),
    act: async hands => {
      await third(hands)
      await hands.page.keyboard.press('r')
      await hands.page.keyboard.type(hands.say('/refun', '/tk'))
      await hands.page.locator('.insert-preview').waitFor()
    },
  },
  'macro-held': {
    rows: (world, language) => void withMacros(world, language),
    act: async hands => {
      const { page } = hands
      await third(hands)
      await page.keyboard.press('r')
      await page.keyboard.type(hands.say('/rf', '/tk'))
      await page.locator('.insert-preview').waitFor()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+Enter')
      await page.locator('.comp-holes').waitFor()
    },
  },
  mention: {
    act: begun('n', 'Look at these three, @', '请看一下这三台的控制器 @', ({ page }) =>
      page.locator('.insert-option').first().waitFor(),
    ),
  },
  forward: {
    act: async hands => {
      const { page, say } = hands
      await third(hands)
      await page.locator('.tl-scroll').focus()
      await page.keyboard.press('f')
      await page.locator('.comp-forwarded').waitFor()
      await page.keyboard.type(say('Depot <depot@veloform.com>,', '仓库 <cangku@veloform.cn>,'))
      await page
        .locator('.comp-rich .comp-text')
        .fill(say('Do we have controllers for these three?', '这三台的控制器有库存吗？'))
    },
  },
  'shared-draft': {
    act: begun('r', 'Hello Amara, two things are missing:', '赵经理，还差两样：', async ({ page }) => {
      await page.keyboard.press('Control+Shift+D')
      await page.locator('.shared-strip').waitFor()
    }),
  },
  'shared-draft-theirs': {
    rows(world, language) {
      const { id, assigneeId } = world.one('conversation', 'conversation-3')!
      const colleague = world
        .all('agent')
        .find(agent => agent.id !== world.agentId && agent.id !== assigneeId)!
      world.did(colleague.id, 'draft.share', {
        ...{ conversationId: id, cc: [], attachments: [], updatedAt: thursday - 120_000 },
        text:
          language === 'en'
            ? 'Hello Amara,\n\nthe label is all we still need. If the serial number fits, the pack leaves today.'
            : '赵经理：\n\n只差标签照片了，序列号对得上的话，电池今天就发出。',
        shared: { itemId: 'written-together', pen: 'theirs' },
      })
    },
    act: begun('r', 'I have asked Utrecht.', '我已问过仓库。'),
  },
  'composer-chat': {
    whole: face,
    act: async hands => {
      await inConversation(hands, 'face-chat')
      await hands.page.keyboard.press('r')
      await hands.page.keyboard.type(hands.say('It left this morning.', '今早已发出。'))
    },
  },
  'composer-history': { whole: face, act: hands => inConversation(hands, 'face-call') },
}
