import { expect, test } from 'vitest'
import { EmailSettings, smtpRouteFromUrl } from './settings.ts'

test('smtps:// is TLS, smtp:// is STARTTLS or nothing, and only on the loopback it may be plain', () => {
  expect(smtpRouteFromUrl('smtps://ann%40x.example:p%2Fw@mail.x.example')).toEqual({
    host: 'mail.x.example',
    port: 465,
    security: 'tls',
    user: 'ann@x.example',
    password: 'p/w',
  })
  expect(smtpRouteFromUrl('smtp://mail.x.example')).toMatchObject({
    port: 587,
    security: 'starttls',
    user: '',
  })
  expect(smtpRouteFromUrl('smtp://127.0.0.1:2525')).toMatchObject({ port: 2525, security: 'none' })
  expect(smtpRouteFromUrl('smtp://[::1]:25')).toMatchObject({ host: '::1', security: 'none' })
  expect(smtpRouteFromUrl('smtp://127.0.0.1.evil.example')).toMatchObject({ security: 'starttls' })
})

test('what is no SMTP address is said to be none, and a stray % is no accident', () => {
  for (const text of ['', 'mail.x.example', 'https://mail.x.example', 'smtp://', 'smtp://h:99999']) {
    expect(smtpRouteFromUrl(text)).toBeNull()
  }
  expect(smtpRouteFromUrl('smtp://u:50%@mail.x.example')?.password).toBe('50%')
})

test('an inbox without a way out is a complete setting', () => {
  expect(EmailSettings.parse({})).toEqual({ smtp: null })
})
