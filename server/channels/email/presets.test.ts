import { expect, test } from 'vitest'
import { troubleKinds, troubleOf, troubleWords } from './imap/trouble.ts'
import { presetOf, presets } from './presets.ts'
import { ImapRoute, OAuth, SmtpRoute } from './settings.ts'

test('an address is enough for the usual providers, and a company’s own domain is known by who takes its mail', () => {
  const known = (address: string, mx: string[] = []) => presetOf(address, mx)?.id
  expect(known('a@gmail.com')).toBe('gmail')
  expect(known('A@QQ.COM')).toBe('qq')
  expect(known('a@163.com')).toBe('163')
  expect(known('a@icloud.com')).toBe('icloud')
  expect(known('a@hotmail.com')).toBe('outlook')
  expect(known('a@company.example', ['company-example.mail.protection.outlook.com'])).toBe('microsoft-365')
  expect(known('a@company.example', ['ALT1.ASPMX.L.GOOGLE.COM.'])).toBe('gmail')
  expect(known('a@company.example', ['mxbiz1.qq.com'])).toBe('exmail-qq')
  expect(known('a@company.example', ['mx.notgoogle.com.evil.example', 'xmxbiz1.qq.com'])).toBeUndefined()
  expect(known('a@evil-gmail.com')).toBeUndefined()
})

test('every preset is whole, encrypted and said once', () => {
  const domains = presets.flatMap(each => each.domains)
  expect(new Set(domains).size).toBe(domains.length)
  for (const { imap, smtp, sent, login, oauth, hint } of presets) {
    expect(ImapRoute.parse({ ...imap, sent }).security).not.toBe('none')
    expect(SmtpRoute.parse(smtp).security).not.toBe('none')
    if (login === 'oauth') expect(oauth).toBeDefined()
    if (oauth) OAuth.parse({ ...oauth, clientId: 'x', refreshToken: 'y' })
    expect(hint.zh).toMatch(/\p{Script=Han}/u)
  }
})

test.for([
  [
    'unsafe-login',
    { responseStatus: 'NO', responseText: 'SELECT Unsafe Login. Please contact kefu@188.com for help' },
  ],
  [
    'app-password',
    {
      authenticationFailed: true,
      response:
        '3 NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
    },
  ],
  [
    'app-password',
    {
      code: 'EAUTH',
      responseCode: 535,
      response: '535 Login Fail. Please enter your authorization code to login.',
    },
  ],
  [
    'app-password',
    { code: 'EAUTH', responseCode: 534, response: '534-5.7.9 Application-specific password required.' },
  ],
  [
    'oauth-refused',
    {
      code: 'EAUTH',
      responseCode: 535,
      response: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
    },
  ],
  [
    'imap-off',
    {
      authenticationFailed: true,
      response:
        '2 NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page',
    },
  ],
  [
    'too-many',
    { authenticationFailed: true, response: '2 NO [ALERT] Too many simultaneous connections. (Failure)' },
  ],
  [
    'wrong-password',
    { authenticationFailed: true, response: '2 NO [AUTHENTICATIONFAILED] Authentication failed.' },
  ],
  ['no-such-host', { code: 'EDNS', message: 'getaddrinfo ENOTFOUND imap.nowhere.invalid' }],
  ['no-such-host', { code: 'ENOTFOUND' }],
  ['certificate', { code: 'ESOCKET', message: 'self-signed certificate' }],
  ['certificate', { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }],
  ['no-tls', { code: 'ETLS', message: 'Error upgrading connection with STARTTLS' }],
] as const)('the providers’ words mean %s', ([kind, error]) => {
  expect(troubleOf(Object.assign(new Error('message' in error ? error.message : ''), error)).kind).toBe(kind)
})

test('every trouble has its sentence in both languages', () => {
  for (const kind of troubleKinds) {
    expect(troubleWords[kind].en).toMatch(/\.$/)
    expect(troubleWords[kind].zh).toMatch(/\p{Script=Han}.*。$/u)
  }
})
