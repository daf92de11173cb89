import { expect, test } from 'vitest'
import type { Mail } from '#shared/model/item.ts'
import { conversationWith, itemWith } from '#shared/model/testing.ts'
import {
  conversationWithout,
  draftWithout,
  isBy,
  isNamed,
  itemWithout,
} from '../../server/erasure/mentions.ts'

const erased = { identityIds: new Set(['li']), addresses: new Set(['li@qq.example']) }
const of = conversationWith({ id: 'c', inboxId: 'one', customerId: 'wang', identityId: 'wang' })
const box = (address: string) => ({ name: '', address })
const mail: Mail = {
  ...{
    messageId: 'm',
    inReplyTo: '',
    references: [],
    from: box('wangli@qq.example'),
    cc: [],
    raw: 'ab'.repeat(32),
  },
  ...{ to: [box('one@skein.example')], automatic: 'no', problems: [] },
}
const item = (over: Partial<Mail>) => itemWith(of, { id: 'i', seq: 1, at: 1, mail: { ...mail, ...over } })

test('I9: an address in another one is nobody’s; one in any case, in any head, is theirs', () => {
  expect(isNamed(erased, item({}))).toBe(false)
  for (const over of [
    { to: [box('LI@QQ.example')] },
    { cc: [box('li@qq.example')] },
    { bcc: [box('li@qq.example')] },
  ])
    expect(isNamed(erased, item(over))).toBe(true)
  expect(isBy(erased, item({ from: box('Li@qq.example') }))).toBe(true)
})

test('I9: a letter to them and others goes on without them; what it repeats goes only where it may be theirs', () => {
  const to = [box('li@qq.example'), box('zhou@qq.example')]
  const without = itemWithout(erased, { ...item({ to }), quoted: 'earlier' }, false)
  expect(without).toMatchObject({ quoted: 'earlier', mail: { to: [box('zhou@qq.example')], raw: null } })
  expect(itemWithout(erased, { ...item({ to }), quoted: 'earlier' }, true).quoted).toBe('')
})

test('I9: an answer that is written together to somebody else goes on without a copy to them', () => {
  const cc = ['Wang <li@qq.example>', 'Zhou <zhou@qq.example>']
  const draft = { writerId: 'ann', pen: 'p', cc, bcc: ['LI@qq.example'], at: 1 }
  const written = { ...item({}), mail: null, draft }
  expect(isNamed(erased, written)).toBe(true)
  expect(itemWithout(erased, written, false).draft).toMatchObject({ cc: [cc[1]], bcc: [] })
  expect(isNamed(erased, { ...written, draft: { ...draft, cc: [], bcc: [] } })).toBe(false)
})

test('I9: an address typed into somebody’s chat, or into a draft, goes; a preview goes where they wrote', () => {
  const visit = {
    page: '',
    title: '',
    locale: '',
    timeZone: '',
    device: '',
    typedEmail: 'Li@qq.example',
    user: '',
    at: 1,
  }
  const conversation = { ...of, visit, preview: 'words' }
  expect(conversationWithout(erased, conversation, false)).toMatchObject({
    preview: 'words',
    visit: { typedEmail: '' },
  })
  expect(conversationWithout(erased, conversation, true).preview).toBe('')
  const draft = {
    id: 'd',
    agentId: 'a',
    conversationId: 'c',
    kind: 'reply' as const,
    text: '',
    attachments: [],
  }
  const cc = ['Li <li@qq.example>', 'wangli@qq.example']
  expect(draftWithout(erased, { ...draft, cc, heldItemId: null, updatedAt: 1 }).cc).toEqual([
    'wangli@qq.example',
  ])
})
