import { createHash, randomBytes } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Conversation } from '#shared/model/conversation.ts'
import { cable } from '../core/cuttable.ts'
import { folder, newId, openDesk } from '../core/ground.ts'
import { password, type TestHub } from '../hub/hub.ts'
import { until } from '../hub/until.ts'
import { type Dovecot, freePorts, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { startMailHub } from './support/hub.ts'
import { threadsOf } from './support/threads.ts'

const obstacle = whyNoDovecot()
const support = 'support@skein.example'
const maria = 'maria@skein.example'
const TURNS = 10
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe.skipIf(obstacle)(
  `a real mailbox and a desk (real Dovecot${obstacle ? `: ${obstacle}` : ''})`,
  { timeout: 240_000 },
  () => {
    let dovecot: Dovecot
    let hub: TestHub
    let smtp: SMTPServer
    beforeAll(async () => {
      dovecot = await startDovecot([support, maria])
      // The mail server between the two: what the hub hands over lies in the customer's mailbox.
      smtp = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        async onData(stream, _session, done) {
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          await dovecot.put(maria, [Buffer.concat(chunks)])
          done()
        },
      })
      await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', resolve))
      // Its address stays when it starts again.
      const [hubPort] = await freePorts(1)
      hub = await startMailHub({}, { config: { port: hubPort! } })
      const { port } = smtp.server.address() as { port: number }
      await hub.addInbox(support, `smtp://127.0.0.1:${port}`, { imap: dovecot.imap(support) })
      await hub.addAgent('ann')
    })
    afterAll(async () => {
      await hub?.close()
      await new Promise<void>(resolve => (smtp ? smtp.close(resolve) : resolve()))
      await dovecot?.close()
    })

    /** The customer's mail program: answers what came last, keeps a copy, and the mail reaches the support's mailbox. */
    async function write(turn: number, file: Buffer | null): Promise<void> {
      const last = (await dovecot.read(maria)).at(-1)
      const answered = last && (await PostalMime.parse(last.text))
      const ids = answered ? `${answered.references ?? ''} ${answered.messageId}`.trim() : ''
      const about = answered?.subject ?? ''
      const quoted = answered ? `\n\nOn a day, Skein wrote:\n> ${answered.text?.split('\n')[0]}` : ''
      const bytes = await new MailComposer({
        messageId: `<turn-${turn}@skein.example>`,
        from: `Maria 玛丽亚 <${maria}>`,
        to: support,
        // Some programs put Re: before it, some 回复：, some nothing; some name only the mail they answer.
        subject: answered ? [`Re: ${about}`, `回复：${about}`, about][turn % 3]! : 'The lamp 台灯',
        text: `Customer, turn ${turn}. 第${turn}次。${quoted}`,
        ...(answered
          ? { inReplyTo: answered.messageId!, ...(turn % 4 === 3 ? {} : { references: ids }) }
          : {}),
        ...(file
          ? { attachments: [{ filename: `照片 ${turn}.jpg`, content: file, contentType: 'image/jpeg' }] }
          : {}),
      })
        .compile()
        .build()
      await dovecot.put(maria, [bytes])
      await dovecot.put(support, [bytes])
    }

    test(`${TURNS} turns with attachments, a desk that was offline and a hub that restarted, are one thread on both sides`, async () => {
      const line = cable()
      const { page } = await openDesk(folder(), { dial: line.dial })
      await page.ask('signIn', { hubUrl: hub.url, email: 'ann@skein.example', password })
      await page.untilSync('live')
      const list = page.watch('conversations', {
        view: 'open',
        inboxId: null,
        sort: 'newest',
        offset: 0,
        limit: 50,
      })
      const conversation = async (): Promise<Conversation> => {
        await page.until(() => list.rows.length > 0)
        return list.rows[0]!.conversation
      }
      const attach = async (bytes: Buffer, name: string) => {
        const { uploadId } = await page.ask('attachmentBegin', {
          name,
          type: 'application/pdf',
          size: bytes.length,
        })
        await page.ask('attachmentWrite', { uploadId, offset: 0, bytes: new Uint8Array(bytes) })
        return { ...(await page.ask('attachmentFinish', { uploadId })), contentId: null }
      }

      const files = new Set<string>()
      let timeline: ReturnType<typeof page.watch<'timeline'>> | undefined
      for (let turn = 1; turn <= TURNS; turn++) {
        const theirs = turn % 3 === 1 ? randomBytes(20_000) : null
        const ours = turn % 3 === 2 ? randomBytes(20_000) : null
        for (const file of [theirs, ours]) if (file) files.add(sha256(file))
        await write(turn, theirs)
        timeline ??= page.watch('timeline', { customerId: (await conversation()).customerId, limit: 100 })
        const shown = timeline
        await page.until(() => shown.rows.some(({ item }) => item.text.startsWith(`Customer, turn ${turn}.`)))

        if (turn === 5) line.cut()
        const about = await conversation()
        const attachments = ours ? [await attach(ours, `发票 ${turn}.pdf`)] : []
        await page.ask('mutate', {
          name: 'reply.send',
          args: {
            id: newId(),
            conversationId: about.id,
            customerId: about.customerId,
            inboxId: about.inboxId,
            channel: 'email',
            text: `Agent, turn ${turn}. 客服第${turn}次。`,
            to: [{ name: 'Maria', address: maria }],
            cc: [],
            attachments,
            basis: {
              seq: about.lastSeq,
              status: about.status,
              assigneeId: about.assigneeId,
              inboxId: about.inboxId,
              customerId: about.customerId,
              writtenAt: Date.now(),
              offline: turn === 5,
            },
          },
        })
        if (turn === 5) {
          await page.until(() => (page.state('sync')?.waiting ?? 0) > 0)
          line.mend()
          await page.ask('retryNow', {})
        }
        await until(
          () => dovecot.read(maria),
          mails => mails.length === 2 * turn,
        )
        if (turn === 7) await hub.restart()
      }

      await page.drained()
      const shown = timeline!
      await page.until(() => shown.rows.filter(({ item }) => item.kind === 'message').length === 2 * TURNS)
      expect(new Set(shown.rows.map(({ item }) => item.conversationId)).size).toBe(1)
      expect(list.rows).toHaveLength(1)
      const order = shown.rows.map(({ item }) =>
        /^(Customer|Agent), turn (\d+)/.exec(item.text)?.slice(1).join(' '),
      )
      const turns = Array.from({ length: TURNS }, (_, at) => [`Customer ${at + 1}`, `Agent ${at + 1}`]).flat()
      expect(order).toEqual(turns)
      expect(new Set(shown.rows.flatMap(({ item }) => item.attachments.map(each => each.sha256)))).toEqual(
        files,
      )

      // The customer's own mail server sees one thread of all twenty.
      const threads = await threadsOf(dovecot.port, maria)
      expect(threads.map(thread => thread.length)).toEqual([2 * TURNS])
      const mails = await Promise.all((await dovecot.read(maria)).map(({ text }) => PostalMime.parse(text)))
      expect(mails.filter(({ from }) => from?.address === support)).toHaveLength(TURNS)
      const got = mails.flatMap(each =>
        each.attachments.map(({ content }) => sha256(new Uint8Array(content as ArrayBuffer))),
      )
      expect(new Set(got)).toEqual(files)
      // Every answer is in Sent, once.
      await until(
        () => dovecot.read(support, 'Sent'),
        copies => copies.length === TURNS,
      )
    })
  },
)
