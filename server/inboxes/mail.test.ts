import { expect, test } from 'vitest'
import { presetOf } from '../channels/email/presets.ts'
import { isReadable, lacksSecret, mailSettings } from './mail.ts'

const address = 'support@qq.com'
const known = presetOf(address)
const oauth = {
  tokenUrl: 'https://t.example/',
  clientId: 'c',
  clientSecret: '',
  refreshToken: 'r',
  scope: '',
}

test('an address and a password are a mailbox where the provider is known', () => {
  const settings = mailSettings(address, { password: 'secret' }, undefined, known)
  expect(settings).toMatchObject({
    imap: { host: 'imap.qq.com', user: address, password: 'secret', folders: ['INBOX'], sent: 'by-us' },
    smtp: { host: 'smtp.qq.com', user: address, password: 'secret' },
    trusts: 'mx.qq.com',
  })
  expect(lacksSecret({ smtp: null }, settings)).toBe(false)
})

test('what is given counts, then what was there', () => {
  const before = mailSettings(address, { password: 'one', historyDays: 3 }, undefined, known)
  const after = mailSettings(address, { password: 'two', markSeen: true }, before)
  expect(after.imap).toMatchObject({ password: 'two', historyDays: 3, markSeen: true, host: 'imap.qq.com' })
  expect(mailSettings(address, { trusts: '' }, before).trusts).toBeUndefined()
})

test('another server is not told the secret of the one before', () => {
  const before = mailSettings(address, { password: 'one', folders: ['A'] }, undefined, known)
  const after = mailSettings(address, { imap: { host: 'other.example', port: 993, security: 'tls' } }, before)
  expect(after.imap).toMatchObject({ host: 'other.example', password: '', folders: ['A'] })
  expect(after.smtp?.password).toBe('one')
  expect(lacksSecret(before, after)).toBe(true)
})

test('a permission is good for the servers it was given for; with one there are no passwords', () => {
  const before = mailSettings(address, { oauth }, undefined, known)
  expect([before.imap?.password, before.smtp?.password]).toEqual(['', ''])
  expect(lacksSecret(before, mailSettings(address, { historyDays: 1 }, before))).toBe(false)
  const smtp = { host: 'other.example', port: 465, security: 'tls' as const }
  expect(lacksSecret(before, mailSettings(address, { smtp }, before))).toBe(true)
  expect(mailSettings(address, { password: 'x' }, before).oauth).toBeUndefined()
})

test('only to its own machine the hub talks in the clear', () => {
  expect(isReadable({ host: 'localhost', security: 'none' })).toBe(false)
  expect(isReadable({ host: '10.0.0.1', security: 'none' })).toBe(true)
  expect(isReadable({ host: '10.0.0.1', security: 'starttls' })).toBe(false)
})
