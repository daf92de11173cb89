/** Every channel of the hub by the one contract (channel.ts), each with the real thing on its other side. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Channel } from '../../server/channels/channel.ts'
import { chat } from '../../server/channels/chat/index.ts'
import { email } from '../../server/channels/email/index.ts'
import { channels } from '../../server/channels/index.ts'
import { addChatInbox, Tab } from '../chat/visitors.ts'
import { startCustomers } from '../hub/customers.ts'
import { until } from '../hub/until.ts'
import { channelContract, type Side } from './channel.ts'

const contracts: [Channel, () => Promise<Side>][] = [
  [email as Channel, emailSide],
  [chat as Channel, chatSide],
]
for (const [channel, side] of contracts) channelContract(channel, side)

test('every channel is under contract', () => {
  expect(contracts.map(([{ manifest }]) => manifest.id).sort()).toEqual([...channels.keys()].sort())
})

/** Mail over real SMTP, to the hub's port and from it to a server of the customers'. */
async function emailSide(): Promise<Side> {
  const server = await startCustomers()
  let count = 0
  return {
    async addInbox(hub, secret) {
      // The customers' server asks for no password, so the secret stands in another inbox beside.
      await hub.addInbox('other@skein.example', `smtp://user:${secret}@127.0.0.1:9`)
      return hub.addInbox('support@skein.example', server.url)
    },
    async customer(hub) {
      const address = `customer-${++count}@customer.example`
      let raw = ''
      let thread: string[] = []
      const mine = () => server.arrived.filter(({ to }) => to?.some(box => box.address === address))
      const bring = () =>
        server.write(hub.smtp, { envelope: { from: address, to: ['support@skein.example'] }, raw })
      const compose = (type: string, body: string, more: string[] = []): string => {
        const id = `<${randomUUID()}@customer.example>`
        const answered = mine().at(-1)?.messageId
        thread = [...thread, ...(answered && !thread.includes(answered) ? [answered] : [])]
        const mail = [
          `From: Customer ${count} <${address}>`,
          'To: support@skein.example',
          'Subject: A matter',
          `Message-ID: ${id}`,
          ...(thread.length > 0 ? [`In-Reply-To: ${thread.at(-1)}`, `References: ${thread.join(' ')}`] : []),
          'MIME-Version: 1.0',
          `Content-Type: ${type}`,
          ...more,
          '',
          body,
        ].join('\r\n')
        thread.push(id)
        return mail
      }
      return {
        async write(text) {
          raw = compose('text/plain; charset=utf-8', text)
          await bring()
        },
        async sendFile({ name, bytes }) {
          const word = `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`
          raw = compose(`text/csv; name="${word}"`, bytes.toString('base64').replace(/.{76}/g, '$&\r\n'), [
            `Content-Disposition: attachment; filename="${word}"`,
            'Content-Transfer-Encoding: base64',
          ])
          await bring()
        },
        receivedFiles: async () =>
          mine().flatMap(({ attachments }) =>
            attachments.map(({ filename, content }) => ({
              name: filename ?? '',
              bytes: Buffer.from(content as ArrayBuffer),
            })),
          ),
        bringAgain: bring,
        received: () => mine().map(({ text }) => text ?? ''),
      }
    },
    close: () => server.close(),
  }
}

/** The widget's own client over real websockets. */
async function chatSide(): Promise<Side> {
  const tabs: Tab[] = []
  return {
    addInbox: (hub, secret) => addChatInbox(hub, 'web', { secret: secret.padEnd(40, '.') }),
    async customer(hub) {
      const tab = new Tab(hub.url, 'web')
      tabs.push(tab)
      let last = ''
      return {
        async write(text) {
          const id = tab.say(text)
          await until(() => tab.client.lines.find(line => line.id === id)?.state !== 'waiting')
          const { socket, frames } = newest(tab)
          last = frames.findLast(frame => frame.includes(id)) ?? ''
          expect(socket.readyState).toBe(WebSocket.OPEN)
        },
        async bringAgain() {
          const { socket } = newest(tab)
          const heard = new Promise(resolve =>
            socket.addEventListener(
              'message',
              ({ data }) => String(data).includes('"said"') && resolve(data),
            ),
          )
          socket.send(last)
          await heard
        },
        received: () => tab.client.lines.filter(({ mine }) => !mine).map(({ text }) => text),
        async sendFile({ name, bytes }) {
          tab.bring(name, bytes)
          await until(() => tab.client.lines.some(({ mine, files }) => mine && files[0]?.name === name))
        },
        async receivedFiles() {
          const answers = tab.client.lines.filter(({ mine }) => !mine)
          const files = answers.flatMap(line => line.files.map(file => ({ line, file })))
          return Promise.all(
            files.map(async ({ line, file }) => {
              const blob = await tab.client.files.fetch(line.item, line.id, file)
              return { name: file.name, bytes: Buffer.from(await blob!.arrayBuffer()) }
            }),
          )
        },
      }
    },
    async close() {
      for (const { client } of tabs) client.stop()
    },
  }
}

/** The newest socket of a tab, and what was said on all of them. */
const newest = (tab: Tab) => ({ socket: tab.sockets.at(-1)!, frames: tab.frames })
