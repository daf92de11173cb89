/**
 * The contract of a channel, for every channel the same: what server/channels/channel.ts says, shown on a real hub with a real
 * database and the channel's real other side. A new channel passes it by bringing a `Side`.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Channel as Manifest } from '#shared/model/channel.ts'
import { nouns } from '#shared/model/row.ts'
import type { Channel } from '../../server/channels/channel.ts'
import { freePort } from '../faults/support/hub.ts'
import { type Desk, startHub, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { upload } from '../hub/upload.ts'

/** The customers' side of a channel. */
export interface Side {
  /** An inbox of this channel, ready to receive and to send. Its settings hold `secret` where they can hold one. */
  addInbox(hub: TestHub, secret: string): Promise<string>
  /** Somebody who writes: each has an address of their own. */
  customer(hub: TestHub): Promise<Customer>
  close(): Promise<void>
}

export interface Customer {
  /** Writes; resolves when the channel has said "got it". The first message of all, or one that goes on. */
  write(text: string): Promise<void>
  /** Brings the newest message once more, as a provider does that did not hear the answer. */
  bringAgain(): Promise<void>
  /** What reached them, in order. */
  received(): string[]
  /** Sends a file, as far as the channel takes any. */
  sendFile(file: SentFile): Promise<void>
  /** Files that reached them, in order. */
  receivedFiles(): Promise<SentFile[]>
}

export interface SentFile {
  name: string
  bytes: Buffer<ArrayBuffer>
}

export function channelContract(channel: Channel, openSide: () => Promise<Side>): void {
  const { manifest } = channel
  describe(`the ${manifest.id} channel`, () => {
    const secret = `secret-${randomUUID()}`
    let hub: TestHub
    let desk: Desk
    let side: Side
    let inboxId: string

    beforeAll(async () => {
      side = await openSide()
      hub = await startHub({
        config: { port: await freePort(), smtpPort: await freePort(), retryAfter: [200, 200] },
      })
      inboxId = await side.addInbox(hub, secret)
      await hub.addAgent('ann')
      desk = await hub.desk('ann')
    })
    afterAll(async () => {
      await hub?.close()
      await side?.close()
    })

    const unique = (word: string): string => `${word} ${randomUUID()}`
    const itemOf = (text: string) => until(() => desk.all('item').find(item => item.text.includes(text)))
    const inState = (id: string, ...states: string[]) =>
      until(
        () => desk.row('item', id)?.delivery,
        ({ state }) => states.includes(state),
      )
    const left = ['sent', 'delivered', 'read']

    test('its manifest is data that travels to the desks as it is', () => {
      expect(Manifest.parse(manifest)).toEqual(manifest)
      expect(desk.row('channel', manifest.id)).toEqual(manifest)
      for (const label of Object.values(manifest.label)) expect(label).not.toBe('')
      expect(manifest.can.attachments || manifest.limits.attachments === 0).toBe(true)
    })

    test('its settings have a meaning when nothing is set, and never reach a desk', () => {
      expect(channel.settings.safeParse({}).success).toBe(true)
      expect(channel.settings.safeParse('nonsense').success).toBe(false)
      expect(JSON.stringify([...desk.rows.values()])).not.toContain(secret)
    })

    test('a message becomes customer, identity, conversation and item, in the form of the model', async () => {
      const text = unique('first')
      const customer = await side.customer(hub)
      await customer.write(text)
      const item = await itemOf(text)
      const conversation = desk.row('conversation', item.conversationId)!
      const identity = desk.row('identity', conversation.identityId)!
      expect(item).toMatchObject({ direction: 'in', channel: manifest.id, inboxId, seq: 1, delivery: null })
      expect(item.author).toEqual({ kind: 'customer', identityId: identity.id })
      expect(identity).toMatchObject({ channel: manifest.id, customerId: conversation.customerId })
      expect(identity.address).not.toBe('')
      expect(desk.row('customer', conversation.customerId)?.name).not.toBe('')
      expect(conversation).toMatchObject({ status: 'open', inboxId, lastInbound: { seq: 1 } })
      expect(conversation.waitingSince).not.toBeNull()
      for (const [type, doc] of [
        ['item', item],
        ['conversation', conversation],
        ['identity', identity],
      ] as const)
        expect(nouns[type].safeParse(doc).success, type).toBe(true)
    })

    test('S19: "got it" is said after the commit, and what is brought again is there once', async () => {
      const customer = await side.customer(hub)
      const text = unique('once')
      await customer.write(text)
      // Not waited for: it was promised.
      const page = await hub.store.all('item')
      expect(page.filter(item => item.text.includes(text))).toHaveLength(1)
      await customer.bringAgain()
      await customer.bringAgain()
      const after = unique('after')
      await customer.write(after)
      const { conversationId } = await itemOf(after)
      expect(desk.timeline(conversationId).map(({ text }) => text.trim())).toEqual([text, after])
    })

    test('S17, S18: an answer reaches the customer once; what they say to it joins the conversation', async () => {
      const customer = await side.customer(hub)
      const [text, answer, thanks] = [unique('question'), unique('answer'), unique('thanks')]
      await customer.write(text)
      const { conversationId } = await itemOf(text)
      const { id, outcome } = await desk.reply(conversationId, answer)
      expect(outcome).toEqual({ kind: 'done' })
      const delivery = await inState(id, ...left)
      expect(delivery.recipients.every(({ state }) => left.includes(state))).toBe(true)
      await until(() => customer.received().some(each => each.includes(answer)))
      await customer.write(thanks)
      expect((await itemOf(thanks)).conversationId).toBe(conversationId)
      expect(customer.received().filter(each => each.includes(answer))).toHaveLength(1)
      expect(desk.row('conversation', conversationId)?.lastReply?.seq).toBe(2)
    })

    test.runIf(manifest.can.attachments)(
      'files go both ways, byte for byte, by their names, without a word',
      async () => {
        const customer = await side.customer(hub)
        const text = unique('with files')
        await customer.write(text)
        const { conversationId } = await itemOf(text)
        const theirs = { name: '清单 list.csv', bytes: Buffer.from(randomBytes(3_000)) }
        await customer.sendFile(theirs)
        const item = await until(() =>
          desk.timeline(conversationId).find(({ attachments }) => attachments.length > 0),
        )
        const [{ sha256, name, size } = { sha256: '' }] = item.attachments
        expect([name, size]).toEqual([theirs.name, theirs.bytes.length])
        expect(await readFile(hub.blobs.path(sha256))).toEqual(theirs.bytes)

        const ours = { name: 'Angebot 报价.pdf', bytes: Buffer.from(randomBytes(5_000)) }
        const file = await upload(hub, desk, ours.name, 'application/pdf', new Uint8Array(ours.bytes))
        expect(file.size).toBeLessThanOrEqual(manifest.limits.attachmentBytes)
        const { outcome } = await desk.reply(conversationId, '', { attachments: [file] })
        expect(outcome).toEqual({ kind: 'done' })
        expect(
          await until(async () => {
            const received = await customer.receivedFiles()
            return received.length > 0 ? received : undefined
          }),
        ).toEqual([ours])
        expect(desk.row('conversation', conversationId)).toMatchObject({
          preview: ours.name,
          previewFile: true,
        })
      },
    )

    test('two customers never share a conversation', async () => {
      const [one, other] = [await side.customer(hub), await side.customer(hub)]
      const [first, second] = [unique('one'), unique('other')]
      await one.write(first)
      await other.write(second)
      const [a, b] = [await itemOf(first), await itemOf(second)]
      expect(a.conversationId).not.toBe(b.conversationId)
      expect(a.customerId).not.toBe(b.customerId)
      await desk.reply(a.conversationId, unique('for one'))
      await until(() => one.received().length > 0)
      expect(other.received()).toEqual([])
    })

    test('a conversation that was closed opens again', async () => {
      const customer = await side.customer(hub)
      const [text, more] = [unique('close'), unique('more')]
      await customer.write(text)
      const { conversationId } = await itemOf(text)
      await desk.reply(conversationId, 'Done.')
      await until(() => customer.received().length > 0)
      await desk.mutate('conversation.close', { conversationId, at: Date.now() })
      await customer.write(more)
      expect((await itemOf(more)).conversationId).toBe(conversationId)
      expect(desk.row('conversation', conversationId)?.status).toBe('open')
    })

    test('notes stay inside', async () => {
      const customer = await side.customer(hub)
      const [text, note, answer] = [unique('note?'), unique('note'), unique('answer')]
      await customer.write(text)
      const { conversationId } = await itemOf(text)
      await desk.mutate('note.add', {
        id: randomUUID(),
        conversationId,
        text: note,
        attachments: [],
        at: Date.now(),
      })
      await desk.reply(conversationId, answer)
      await until(() => customer.received().some(each => each.includes(answer)))
      expect(customer.received().join('\n')).not.toContain(note)
    })

    test('both ways go on after the hub was started anew', async () => {
      const customer = await side.customer(hub)
      const [text, answer, after] = [unique('before'), unique('answer'), unique('later')]
      await customer.write(text)
      const { conversationId } = await itemOf(text)
      await hub.restart()
      desk = await hub.desk('ann')
      await desk.reply(conversationId, answer)
      await until(() => customer.received().some(each => each.includes(answer)))
      await customer.write(after)
      expect((await itemOf(after)).conversationId).toBe(conversationId)
      expect(customer.received().filter(each => each.includes(answer))).toHaveLength(1)
    })

    test('an outcome is data, one for each address, whatever there is to send', async () => {
      const account = {
        id: inboxId,
        channel: manifest.id,
        name: 'x',
        address: 'x@skein.example',
        signature: '',
      }
      const attempt = ['a@customer.example', 'b@customer.example']
      const settings = channel.settings.parse({})
      const outcome = await channel.send(
        {
          itemId: randomUUID(),
          writtenAt: Date.now(),
          authorName: '\r\nBcc: x@evil.example',
          to: attempt.map(address => ({ name: '', address })),
          cc: [],
          bcc: [],
          attempt,
          subject: '\0',
          text: '\ud800',
          inReplyTo: null,
          references: [],
          attachments: [],
          quoted: null,
          automatic: false,
        },
        { ...account, settings },
      )
      expect(outcome.recipients.map(({ address }) => address)).toEqual(attempt)
      for (const { state } of outcome.recipients) expect(['sent', 'failed', 'uncertain']).toContain(state)
    })
  })
}
