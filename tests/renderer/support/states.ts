// Every state of sync that a person can meet, as a scripted core would tell it: for the tests and for docs/sync-states.md.
import type { Page } from 'playwright-core'
import type { DeliveryReason, DeliveryState } from '#shared/model/item.ts'
import { type FaultKind, failed, fault } from '#shared/protocol/fault.ts'
import { outbound } from './items.ts'
import type { ScriptedCore } from './scripted-core.ts'
import { withHeldReply, withThread } from './threads.ts'
import { thursday, veloform } from './veloform.ts'
import type { World } from './world.ts'

const minute = 60_000
const day = 24 * 60 * minute

export type Language = 'en' | 'zh'

export interface StateScene {
  world?(language: Language): World
  /** What the core says. */
  tell(core: ScriptedCore, language: Language): void
  /** What the person looks at: the thread concerned, the panel, both, or the page as it is. */
  look: 'panel' | 'thread' | 'both' | 'page'
}

const plain = (language: Language): World => withThread(veloform(language), language)

const place = {
  conversationId: 'conversation-3',
  customerId: 'customer-3',
  inboxId: 'inbox-1',
  channel: 'email',
}

/** The third customer's thread with a last reply in this state. */
function withReply(language: Language, state: DeliveryState, reason: DeliveryReason | null = null): World {
  const world = plain(language)
  const identity = world.one('identity', 'identity-3')!
  const item = outbound(place, {
    id: 'item-3-6',
    seq: 6,
    at: thursday - 3 * minute,
    text:
      language === 'zh'
        ? '维修报价单请见附件，今晚寄出。'
        : 'The new pack leaves Utrecht tonight; the film shows how to fit it.',
    state,
    to: identity.address,
  })
  world.put('item', { ...item, delivery: { ...item.delivery!, reason } })
  const conversation = world.one('conversation', place.conversationId)!
  world.put('conversation', {
    ...conversation,
    lastSeq: 6,
    waitingSince: null,
    lastReply: { seq: 6, at: thursday - 3 * minute, agentId: 'agent-me' },
  })
  return world
}

/** A reply with a film that is being uploaded, what waits behind it, and what does not. */
export function withUpload(language: Language, waitsFor: 'attachment' | 'network' = 'attachment'): World {
  const zh = language === 'zh'
  const world = withReply(language, 'queued')
  world.pending.add('item-3-6')
  const film = zh ? '安装说明.mov' : 'fitting.mov'
  return world
    .waits({
      name: 'reply.send',
      conversationId: 'conversation-3',
      itemId: 'item-3-6',
      preview: world.one('item', 'item-3-6')!.text,
      writtenAt: thursday - 3 * minute,
      waitsFor: 'attachment',
      upload: { sent: 12_400_000, size: 48_000_000, files: 1, name: film },
    })
    .waits({
      name: 'conversation.close',
      conversationId: 'conversation-3',
      writtenAt: thursday - 3 * minute,
      waitsFor: 'earlier',
      behind: 'waiting-1',
    })
    .waits({
      name: 'note.add',
      conversationId: 'conversation-4',
      preview: zh ? '周一已退款，到账需三天。' : 'The refund left on Monday; it takes three days.',
      writtenAt: thursday - minute,
      waitsFor: waitsFor === 'network' ? 'network' : 'hub',
    })
    .waits({ name: 'draft.save', conversationId: 'conversation-5', waitsFor: 'hub' })
}

const ago = (minutes: number): number => thursday - minutes * minute
const offline = (minutes: number) => ({
  phase: 'offline' as const,
  offlineSince: ago(minutes),
  lastContactAt: ago(minutes),
  currentAt: ago(minutes),
  retryAt: thursday + 14_000,
})
const blocked = (kind: FaultKind, minutes: number, retryAt: number | null) => ({
  ...offline(minutes),
  phase: 'blocked' as const,
  fault: fault(kind),
  retryAt,
})

export const states: Record<string, StateScene> = {
  live: { look: 'panel', tell: () => {} },
  'first-sync': {
    look: 'panel',
    tell: core =>
      core.sync({ phase: 'catching-up', currentAt: null, progress: { done: 21_400, total: 96_000 } }),
  },
  'catching-up': {
    look: 'panel',
    tell: core =>
      core.sync({ phase: 'catching-up', currentAt: ago(42), progress: { done: 3120, total: 8400 } }),
  },
  offline: {
    look: 'panel',
    world: language => withUpload(language, 'network'),
    tell: core => core.sync({ ...offline(38), waiting: 4 }),
  },
  'lock-near': {
    look: 'panel',
    tell: core => core.sync({ ...offline(28.5 * 24 * 60), locksAt: thursday + 1.5 * day }),
  },
  'hub-busy': {
    look: 'panel',
    world: language => plain(language).waits({ name: 'note.add', conversationId: 'conversation-4' }),
    tell: core => core.sync({ ...offline(2), fault: fault('hub-busy'), waiting: 1 }),
  },
  waiting: {
    look: 'panel',
    world: language => withUpload(language),
    tell: core => core.sync({ waiting: 4 }),
  },
  'waiting-item': {
    look: 'thread',
    world: language => withUpload(language),
    tell: core => core.sync({ waiting: 4 }),
  },
  held: {
    look: 'both',
    world: language => {
      const world = withHeldReply(plain(language))
      world.outbox = []
      return world
    },
    tell: core => core.sync({ held: 1 }),
  },
  refused: {
    look: 'panel',
    world: language => {
      const world = plain(language)
      world.refused = [
        {
          id: 'r1',
          name: 'conversation.claim',
          code: 'taken',
          params: { agentId: 'agent-2' },
          conversationId: 'conversation-4',
          customerId: 'customer-4',
          customerName: world.customerName('conversation-4'),
          preview: '',
          at: ago(4),
        },
        {
          id: 'r2',
          name: 'reply.send',
          code: 'not-found',
          params: {},
          conversationId: 'conversation-5',
          customerId: 'customer-5',
          customerName: world.customerName('conversation-5'),
          preview:
            language === 'zh' ? '备用钥匙今天寄出。' : 'The invoice is corrected; the new one is attached.',
          at: ago(2),
        },
      ]
      return world
    },
    tell: core => core.sync({ refused: 2 }),
  },
  uncertain: {
    look: 'both',
    world: language => withReply(language, 'uncertain', { kind: 'no-answer', detail: '' }),
    tell: core => core.sync({ uncertain: 1 }),
  },
  failed: {
    look: 'both',
    world: language =>
      withReply(language, 'failed', { kind: 'refused', detail: '550 5.1.1 No such user here' }),
    tell: core => core.sync({ failed: 1 }),
  },
  'session-ended': {
    look: 'panel',
    world: language => withUpload(language, 'network'),
    tell: core => core.sync({ ...blocked('session-expired', 11, null), waiting: 4 }),
  },
  'desk-too-old': {
    look: 'panel',
    world: language => withUpload(language, 'network'),
    tell: core => core.sync({ ...blocked('desk-too-old', 11, thursday + 240_000), waiting: 4 }),
  },
  'hub-too-old': {
    look: 'page',
    tell: core => core.sync(blocked('hub-too-old', 11, thursday + 240_000)),
  },
  'disk-full': {
    look: 'panel',
    world: language => withUpload(language, 'network'),
    tell: core => core.sync({ ...blocked('disk-full', 3, thursday + 14_000), waiting: 4 }),
  },
  rebuilt: {
    look: 'page',
    tell: core => core.desk({ notice: 'replica-rebuilt-with-outbox' }),
  },
  locked: {
    look: 'page',
    tell: core => {
      core.desk({ phase: 'locked', fault: fault('replica-locked') })
      core.sync({ ...offline(31 * 24 * 60), waiting: 2 })
    },
  },
  'locked-session-ended': {
    look: 'page',
    tell: core => {
      core.desk({ phase: 'locked', fault: fault('replica-locked') })
      core.sync({ ...blocked('session-expired', 31 * 24 * 60, null), waiting: 2 })
    },
  },
  'cannot-open': {
    look: 'page',
    tell: core => {
      core.desk({ phase: 'refused', fault: fault('disk-full') })
      core.answer('retryNow', () => failed('disk-full'))
    },
  },
}

export const worldOf = (scene: StateScene, language: Language): World => (scene.world ?? plain)(language)

/** The third customer: the one the threads are about. */
export const openThird = async (page: Page, language: Language): Promise<void> => {
  await page.getByRole('option', { name: language === 'zh' ? /赵明轩/ : /Amara/ }).click()
  await page.locator('[data-keys=composer] .comp-text').first().waitFor()
}

/** Brings what the scene is about into sight, as the person would. */
export async function look(page: Page, scene: StateScene, language: Language): Promise<void> {
  if (scene.look === 'thread' || scene.look === 'both') await openThird(page, language)
  if (scene.look === 'panel' || scene.look === 'both') {
    await page.keyboard.press('Control+Shift+O')
    await page.getByRole('dialog').waitFor()
  }
}
