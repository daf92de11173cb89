// Working together: later, undone, handed over, aside, and who else is there.
import { itemWith } from '#shared/model/testing.ts'
import { thursday } from '../support/veloform.ts'
import type { Hands, Scene } from './scene.ts'
import { third } from './scene.ts'

const later = async (hands: Hands, text: string): Promise<void> => {
  await third(hands)
  await hands.page.keyboard.press('r')
  await hands.page.keyboard.type(text)
  await hands.page.keyboard.press('Control+l')
  await hands.page.locator('.times').waitFor()
}

/** One answer for tomorrow, and one that can still be had back. */
async function planned(hands: Hands): Promise<void> {
  const { page, core, say } = hands
  await later(
    hands,
    say(
      'The serial checks out. A new PB-48 leaves Utrecht tomorrow morning.',
      '三台都在保修期内，我们周四上午上门更换控制器。',
    ),
  )
  await page.keyboard.type('tomorrow 9')
  await page.keyboard.press('Enter')
  await page.locator('.tl-later').first().waitFor()
  core.preferences({ undoSendSeconds: 10 })
  await page.keyboard.type('PS: SO-20418')
  await page.keyboard.press('Control+Enter')
  await page.locator('.toast-time').waitFor()
}

const left = (at: number) => ({
  ...{ state: 'sent' as const, at, attempts: 1, reason: null, retryable: false },
  ...{ nextAttemptAt: null, recipients: [] },
})

/** Two letters with the depot and its answer, and one that begins. */
async function aside(hands: Hands): Promise<void> {
  const { page, core, world, say } = hands
  await third(hands)
  const conversation = world.one('conversation', 'conversation-3')!
  const depot = { name: say('Depot Utrecht', '滨江仓库'), address: 'depot@veloform.example' }
  const said = say(
    ['Do we still have two PB-48?', 'Three are left. Do not promise Friday.', 'Keep two, please.'],
    ['三个控制器还在吗？', '在，还剩四个。周四上午可以取。', '请留三个。'],
  )
  for (const [index, text] of said.entries()) {
    const direction = index === 1 ? ('in' as const) : ('out' as const)
    const at = thursday - (3 - index) * 60_000
    const one = itemWith(conversation, { id: `side-${index}`, seq: conversation.lastSeq + 1 + index, at })
    const boxes = direction === 'in' ? { from: depot, to: [] } : { from: null, to: [depot] }
    world.put('item', {
      ...one,
      ...{ direction, text, subject: say('Two packs?', '库存') },
      ...(direction === 'in'
        ? { author: { kind: 'system' } }
        : { author: { kind: 'agent', agentId: world.agentId }, delivery: left(at) }),
      mail: {
        ...{ messageId: one.id, inReplyTo: '', references: [], cc: [], raw: null },
        ...{ automatic: 'no', problems: [], side: 'side-0' },
        ...boxes,
        ...(direction === 'in' ? { aside: true } : { forwards: 'item-3-1' }),
      },
    })
  }
  world.put('conversation', { ...conversation, lastSeq: conversation.lastSeq + said.length })
  core.changed()
  await page.locator('.beside').waitFor()
  await page.locator('.tl-scroll').focus()
  await page.keyboard.press('d')
  await page.locator('.beside-head').waitFor()
}

async function handedOver(hands: Hands): Promise<void> {
  const { page, core, world, say } = hands
  await third(hands)
  const conversation = world.one('conversation', 'conversation-3')!
  const [colleague, other] = world.all('agent').filter(({ id }) => id !== world.agentId)
  const handover = { itemId: 'handed', by: colleague!.id, to: world.agentId, at: conversation.activityAt }
  const seq = conversation.lastSeq + 1
  world.put('item', {
    ...itemWith(conversation, { id: 'handed', seq, at: conversation.activityAt }),
    ...{ kind: 'event', direction: 'internal', author: { kind: 'agent', agentId: colleague!.id } },
    ...{ handover: true, event: { kind: 'assigned', agentId: world.agentId } },
    text: say(
      'They ride on Friday. The pack is in stock; only the day is open.\nDo not ask for photos again, we have them.',
      '客户周四要用车。控制器仓库有货，只差上门时间。\n请勿再索要照片，已经有了。',
    ),
  })
  world.put('conversation', { ...conversation, assigneeId: world.agentId, lastSeq: seq, handover })
  core.changed()
  core.event('presence', {
    agents: [
      { agentId: colleague!.id, conversationId: conversation.id, typing: true },
      { agentId: other!.id, conversationId: conversation.id, typing: false },
    ],
  })
  await page.locator('.handover-note').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('SO-20418')
}

export const teamScenes: Record<string, Scene> = {
  later: { act: hands => later(hands, 'SO-20418: ✓') },
  planned: { act: planned },
  'hand-over': {
    act: async hands => {
      await third(hands)
      await hands.page.locator('.tl-scroll').focus()
      await hands.page.keyboard.press('g')
      await hands.page.locator('.handover').waitFor()
    },
  },
  'handed-over': { act: handedOver },
  side: { act: aside },
}
