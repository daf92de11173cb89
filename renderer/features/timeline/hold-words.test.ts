import { describe, expect, test } from 'vitest'
import type { HoldReason } from '#shared/model/hold.ts'
import { saying } from '../../app/i18n.ts'
import { alongText, holdReasonText, type Known } from './hold-words.ts'
import { words } from './words.ts'

const say = { en: saying(words, 'en'), zh: saying(words, 'zh-CN') }

const known: Known = {
  agent: () => 'Wang Fang',
  customer: () => 'Parcelo',
  own: 'own',
  inbox: () => 'Sales',
  author: null,
  time: () => '14:02',
}

const at = 1_795_000_000_000
const table: [HoldReason, en: string, zh: string][] = [
  [{ kind: 'answered', agentId: 'w', at }, 'Wang Fang replied at 14:02', 'Wang Fang已在 14:02 回复此客户'],
  [
    { kind: 'closed', agentId: 'w', at },
    'Wang Fang resolved the conversation at 14:02',
    'Wang Fang已在 14:02 解决会话',
  ],
  [{ kind: 'merged', customerId: 'c' }, 'the customer was merged into Parcelo', '客户已并入Parcelo'],
  [{ kind: 'merged', customerId: 'own' }, 'a merge of the customer was taken back', '客户的合并已被拆分'],
  [{ kind: 'moved', inboxId: 'i' }, 'the conversation moved to Sales', '会话已移到 Sales'],
  [{ kind: 'reassigned', agentId: 'w' }, 'the conversation is now with Wang Fang', '会话现由Wang Fang负责'],
  [
    { kind: 'window-closed', at },
    'the time for a free reply ended at 14:02',
    '可自由回复的时间已于 14:02 结束',
  ],
  [
    { kind: 'too-old', writtenAt: at },
    'it was written offline at 14:02, longer ago than this inbox allows',
    '14:02 离线写下，已超过该收件箱允许的时间',
  ],
  [{ kind: 'wrote-again', at }, 'the customer wrote again at 14:02', '客户在 14:02 又发来消息'],
  [
    { kind: 'earlier-held', itemId: 'x' },
    'an earlier reply of yours waits for review',
    '您的前一条回复还在等待复核',
  ],
  [{ kind: 'earlier-discarded' }, 'the reply before it was discarded', '它之前的那条回复已放弃'],
]

describe('why a reply is held', () => {
  test.each(table)('S21 %o is said in both languages, with who and when', (reason, en, zh) => {
    expect(holdReasonText(reason, say.en, known)).toBe(en)
    expect(holdReasonText(reason, say.zh, known)).toBe(zh)
  })

  test('a colleague’s earlier reply is called theirs, not yours', () => {
    const theirs = { ...known, author: 'w' }
    expect(holdReasonText({ kind: 'earlier-held', itemId: 'x' }, say.en, theirs)).toBe(
      'an earlier reply of Wang Fang waits for review',
    )
  })
})

describe('what waits along', () => {
  const close = { mutationId: 'm', to: 'closed' as const, snoozedUntil: null, writtenAt: at }
  const snooze = { mutationId: 'n', to: 'snoozed' as const, snoozedUntil: at, writtenAt: at }

  test('S22 later replies and changes of status are named', () => {
    expect(alongText([close], 2, say.en, known)).toBe(
      'Waits with it: 2 later replies and resolving the conversation',
    )
    expect(alongText([snooze], 1, say.zh, known)).toBe('一起等待的还有：之后的 1 条回复、推迟到 14:02')
  })

  test('nothing waiting is not mentioned', () => {
    expect(alongText([], 0, say.en, known)).toBe('')
  })
})

test('every sentence of the timeline is there in both languages', () => {
  const singular = (key: string): boolean => key.endsWith('_one')
  const missing = Object.keys(words.en).filter(key => !singular(key) && !(key in words.zh))
  expect(missing).toEqual([])
})
