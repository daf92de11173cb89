import { expect, test } from 'vitest'
import type { Inbox } from '#shared/model/inbox.ts'
import { channels } from '../channels/index.ts'
import { newInbox } from '../inboxes/rows.ts'
import { lookFrom } from './chat-inbox.ts'

const inboxes: Inbox[] = [
  newInbox({ id: 'i1', channel: 'email', name: 'Support', address: 'support@skein.example' }),
  newInbox({ id: 'i2', channel: 'chat', name: 'Web', address: 'web-1' }),
]
const deps = {
  channels,
  store: { all: async () => inboxes } as unknown as Parameters<typeof lookFrom>[0]['store'],
}
const look = (values: Record<string, string>) => lookFrom(deps, values, { files: true, mailbox: '' })

test('--files and --mailbox say what visitors may send, and which inbox for mail stands behind the chat', async () => {
  expect(await look({ files: 'no', mailbox: 'Support@skein.example' })).toMatchObject({
    files: false,
    mailbox: 'Support@skein.example',
  })
  expect(await look({ mailbox: '' })).toMatchObject({ mailbox: '' })
  expect(Object.keys(await look({}))).toEqual(['form'])
})

test('a word that is none, or an inbox that is none for mail, is refused with what to do', async () => {
  await expect(look({ files: 'some' })).rejects.toThrow('--files must be yes or no')
  await expect(look({ mailbox: 'web-1' })).rejects.toThrow('There is no inbox for mail web-1')
})
