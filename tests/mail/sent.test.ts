import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Customers, startCustomers } from '../hub/customers.ts'
import type { Desk, TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { startMailHub } from './support/hub.ts'
import { mail } from './support/mails.ts'

const obstacle = whyNoDovecot()

describe.skipIf(obstacle)(
  `sent mail in Sent (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    const owner = 'support@skein.example'
    let dovecot: Dovecot
    let customers: Customers
    let hub: TestHub
    let desk: Desk
    let conversationId: string
    beforeAll(async () => {
      dovecot = await startDovecot([owner])
      customers = await startCustomers()
      hub = await startMailHub()
      await hub.addInbox(owner, customers.url, { imap: dovecot.imap(owner) })
      await hub.addAgent('ann')
      desk = await hub.desk('ann')
      await dovecot.put(owner, [mail({ Subject: 'Question' })])
      conversationId = (await until(() => desk.all('item').find(({ subject }) => subject === 'Question')))
        .conversationId
    })
    afterAll(async () => {
      await hub?.close()
      await customers?.close()
      await dovecot?.close()
    })

    const sent = (id: string) =>
      until(
        () => desk.row('item', id)?.delivery?.state,
        state => state === 'sent',
      )
    const copies = async () => (await dovecot.read(owner, 'Sent')).filter(({ text }) => text !== '')
    const filed = (count: number) => until(copies, all => all.length === count)
    const idle = () =>
      until(async () => (await hub.jobs.counts()).every(({ waiting, active }) => waiting + active === 0))

    test('a reply that left is filed, read, with the Message-ID it was sent with', async () => {
      const { id } = await desk.reply(conversationId, 'We send a new one. 我们寄一个新的。')
      await sent(id)
      const [copy] = await filed(1)
      expect(copy?.flags).toEqual(['\\Seen'])
      expect(copy?.text).toContain(`<${desk.row('item', id)?.mail?.messageId}>`)
      expect(copy?.text).toContain('Subject: Re: Question')
    })

    test('one that is asked for again is there once, and so is one that the provider filed by itself', async () => {
      const again = (itemId: string) =>
        hub.store.write(async tx => tx.job({ kind: 'file', key: itemId, at: Date.now() }))
      const [first] = desk.all('item').filter(({ direction }) => direction === 'out')
      await again(first!.id)
      await idle()
      expect(await copies()).toHaveLength(1)
    })

    test('a mailbox that is away leaves the reply sent, and the copy comes when it is back', async () => {
      await dovecot.stop()
      const { id } = await desk.reply(conversationId, 'Sent while the mailbox was away.')
      await sent(id)
      const waits = await until(async () =>
        (await hub.jobs.counts()).find(
          ({ kind, waiting, active }) => kind === 'file' && waiting > 0 && active === 0,
        ),
      )
      expect(waits.waiting).toBe(1)
      expect(desk.row('item', id)?.delivery).toMatchObject({ state: 'sent', reason: null })
      await dovecot.start()
      // Its time, an hour later or now.
      await hub.store.write(async tx => tx.job({ kind: 'file', key: id, at: Date.now() }))
      await filed(2)
    })
  },
)
