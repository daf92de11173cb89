import { describe, expect, test } from 'vitest'
import { parseMail } from '../../server/channels/email/parse.ts'
import { hostileMail } from './hostile.ts'
import { randomFrom, shaped, shapeNames } from './hostile-mails.ts'

/** By command the limit is 2 seconds of processor time; a machine four times slower than ours may run this. */
const MOST = 8000

test('hostile mail: 600 mutations of real mails by SMTP and as out of a mailbox', {
  timeout: 300_000,
}, async () => {
  const report = await hostileMail({ runs: 600, seed: 1, most: MOST })
  expect(report.wrong).toEqual([])
  expect(report.mails).toBe(600)
})

describe('hostile shapes', () => {
  test.for(shapeNames)('%s is read without an exception, in bounds', name => {
    const raw = shaped(name, randomFrom(7))
    const start = process.cpuUsage()
    const mail = parseMail(raw)
    const { user, system } = process.cpuUsage(start)
    expect(mail.problems).not.toContain('unreadable')
    expect(mail.text.length).toBeLessThanOrEqual(1_000_000)
    expect(mail.attachments.length).toBeLessThanOrEqual(501)
    expect((user + system) / 1000).toBeLessThan(MOST)
  })
})
