import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Item } from '#shared/model/item.ts'
import type { Inbound, Receiver } from '../channel.ts'
import { receiveMail } from './receive.ts'
import { account, fixture, fixtureNames, rememberingHost, smtpClient } from './testing.ts'

/** What a person reads in each fixture, looked up by eye in the files; `text` is how it begins. */
type Expected = {
  from: string | null
  name: string
  subject: string
  text: string
  attachments: string[]
  problems: string[]
  automatic: string
}
const EXPECTED = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures.expected.json'), 'utf8'),
) as Record<string, Expected>

describe('every mail of the collection, brought by SMTP twice', () => {
  const inbox = account()
  const hub = rememberingHost([inbox])
  let receiver: Receiver
  let client: Awaited<ReturnType<typeof smtpClient>>

  beforeAll(async () => {
    receiver = await receiveMail(hub.host, { listen: { host: '127.0.0.1', port: 0 } })
    client = await smtpClient(receiver.address!.port)
  })
  afterAll(async () => {
    client.close()
    await receiver.close()
  })

  test('the table speaks about every file and about no other', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(fixtureNames())
  })

  test.for(fixtureNames())('%s', async name => {
    // Eight files hold, on the wire, what another one holds: each begins with an empty hub.
    hub.forget()
    const first = await client.deliver([inbox.address], fixture(name))
    const second = await client.deliver([inbox.address], fixture(name))
    expect([first.code, second.code]).toEqual([250, 250])
    expect(hub.taken.length).toBe(1)
    const inbound = hub.taken[0]!
    expect({
      from: inbound.mail!.from?.address ?? null,
      name: inbound.identity.name,
      subject: inbound.subject,
      text: inbound.text.slice(0, 60),
      attachments: inbound.attachments.map(file => file.name),
      problems: inbound.mail!.problems,
      automatic: inbound.mail!.automatic,
    }).toEqual(EXPECTED[name])
    expect(inbound.text !== '' || inbound.mail!.problems.includes('no-text')).toBe(true)
    expect(inbound.identity.address).toMatch(/^[^@\s]+@[^@\s]+$/)
    expect(fault(inbound)).toBeUndefined()
  })
})

/** Why the model would not take it as an item. */
function fault({ subject, text, quoted, html, mail, ...rest }: Inbound) {
  const attachments = rest.attachments.map(({ bytes: _, ...file }) => file)
  const model = Item.pick({
    subject: true,
    text: true,
    quoted: true,
    html: true,
    attachments: true,
    mail: true,
  })
  return model.safeParse({ subject, text, quoted, html, attachments, mail }).error
}
