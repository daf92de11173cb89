import { expect, test } from 'vitest'
import { fault } from '#shared/protocol/fault.ts'
import type { InboxReport, Provider } from '#shared/protocol/inboxes.ts'
import { type MailValues, problemOf, problemsOf, valuesOf, wayOf, wishOf } from './mail-values.ts'

const server = { host: 'imap.example.com', port: 993, security: 'tls' } as const
const gmail: Provider = {
  ...{ id: 'gmail', name: 'Gmail', imap: server, smtp: { ...server, port: 465 }, login: 'app-password' },
  ...{ signIn: false, hint: { en: 'Make one', zh: '生成' } },
}
const microsoft: Provider = { ...gmail, id: 'microsoft-365', login: 'oauth', signIn: true }
const there: InboxReport = {
  ...{
    inboxId: 'i1',
    channel: 'email',
    name: 'Help',
    address: 'help@example.com',
    signature: 'Bye',
    active: true,
  },
  about: {
    kind: 'mail',
    imap: {
      ...server,
      user: 'help@example.com',
      folders: ['INBOX', 'Orders'],
      historyDays: 7,
      markSeen: true,
    },
    smtp: { ...server, port: 465 },
    login: 'password',
    folders: [],
  },
}
const typed = (over: Partial<MailValues> = {}): MailValues => ({
  ...valuesOf(null),
  address: 'a@example.com',
  ...over,
})

test('of a known provider an address and a password are enough, and servers are left to the hub', () => {
  const way = wayOf(null, gmail, false)
  expect(problemsOf(typed(), way)).toEqual({ password: 'password-missing' })
  expect(problemsOf(typed({ password: 'x' }), way)).toEqual({})
  expect(wishOf(null, typed({ password: 'x' }), way)).toEqual({
    ...{ inboxId: null, address: 'a@example.com', name: 'a@example.com', signature: '', password: 'x' },
    ...{ folders: ['INBOX'], historyDays: 30, markSeen: false },
  })
})

test('where one signs in at the provider’s page, no password is asked for or sent', () => {
  const way = wayOf(null, microsoft, false)
  expect(problemsOf(typed(), way)).toEqual({ clientId: 'client-id-missing' })
  expect(wishOf(null, typed({ clientId: ' app ', password: 'x' }), way)).toMatchObject({
    signIn: { clientId: 'app' },
  })
  expect(wishOf(null, typed({ clientId: 'app', password: 'x' }), way)).not.toHaveProperty('password')
})

test('of a provider nobody knows the servers are asked for, each field by itself', () => {
  const way = wayOf(null, null, false)
  const clear = { host: 'mail.example.com', port: '0', security: 'none' as const }
  expect(problemsOf(typed({ password: 'x', imap: clear, history: '5000' }), way)).toEqual({
    'imap.port': 'port-wrong',
    'imap.security': 'not-encrypted',
    'smtp.host': 'host-missing',
    history: 'history-wrong',
  })
  expect(
    problemsOf(typed({ password: 'x', imap: { ...clear, host: '127.0.0.1', port: '143' } }), way),
  ).not.toHaveProperty('imap.security')
})

test('one that is there shows what it is, and an empty password keeps the one there is', () => {
  const values = valuesOf(there)
  expect(values).toMatchObject({ folders: 'INBOX, Orders', history: '7', seen: true, user: '', password: '' })
  const way = wayOf(there, null, true)
  expect(problemsOf(values, way)).toEqual({})
  const wish = wishOf(there, { ...values, folders: 'INBOX， Orders ,' }, way)
  expect(wish).toMatchObject({ inboxId: 'i1', folders: ['INBOX', 'Orders'], imap: server })
  expect(wish).not.toHaveProperty('password')
})

test('what the hub says of a field stands at that field', () => {
  const of = (params: Record<string, string>) => problemOf(fault('invalid', { params }), null)
  expect(of({ field: 'address', code: 'taken' })).toEqual(['address', 'taken'])
  expect(of({ field: 'imap.security' })).toEqual(['imap.security', 'not-encrypted'])
  expect(of({ field: 'folders.0' })).toBeNull()
  expect(problemOf(fault('hub-busy'), null)).toBeNull()
})
