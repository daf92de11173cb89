/** Somebody of whom every word is marked, so that it can be looked for wherever it may be, and somebody else who stays. */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Mailbox } from '#shared/model/item.ts'
import { agentWith, conversationWith, customerWith, identityWith, itemWith } from '#shared/model/testing.ts'
import { unlock } from '../../electron/core/replica/open.ts'
import type { Transaction } from '../../server/store/store.ts'

export const words = {
  name: 'Marigoldquill 墨子涵',
  note: 'zebrawoodnote 秘密备注',
  consent: 'gooseberryconsent 电话里答应',
  address: 'marigold.secret@customer.example',
  subject: 'ocelotsubject 订单异常',
  body: 'peregrinebody 请尽快退款',
  quoted: 'quokkaquoted 引用旧话',
  html: 'heronhtml 排版文字',
  preview: 'pangolinpreview 列表预览',
  chat: 'cormorantchat 在线咨询',
  visit: 'https://shop.example/tapirpage',
  copied: 'wombatcopied 抄送回复',
  fileName: 'tamarindfile 合同.txt',
  fileText: 'saffrontext 附件内容 ',
  draft: 'bluebelldraft 草稿文字',
  sharedDraft: 'foxgloveshared 共享草稿',
  agentNote: 'lavendernote 同事备注',
  pending: 'hyacinthpending 待发回复',
} as const

/** Each mark in parts that stand alone wherever it is kept: an index knows no sentences. */
export const marks: string[] = Object.values(words)
  .flatMap(word => word.split(/[ /@]+/))
  .filter(word => word.length > 3 && !['https:', 'shop.example', 'customer.example'].includes(word))

/** Stays: of somebody else, and in the same places. */
export const stays = ['Otherperson', 'dormouseanswer']

const NOW = Date.now() - 3_600_000

/** Ann is administrator, Bo an agent, of one inbox. `zi` is marked; `other` wrote too, and once with `zi` in copy. */
export async function seedMarked(tx: Transaction): Promise<void> {
  tx.put('workspace', { id: 'w', name: 'Test', lockAfterDays: 14, windowDays: 90 })
  for (const [id, channel] of [
    ['one', 'email'],
    ['web', 'chat'],
  ] as const)
    tx.put('inbox', {
      id,
      channel,
      name: id,
      address: `${id}@skein.example`,
      signature: '',
      holdOfflineAfterMinutes: 60,
      active: true,
    })
  tx.put('agent', agentWith({ id: 'ann', role: 'administrator', inboxIds: ['one', 'web'] }))
  tx.put('agent', agentWith({ id: 'bo', inboxIds: ['one', 'web'] }))
  tx.put(
    'customer',
    customerWith({
      id: 'zi',
      name: words.name,
      note: words.note,
      createdAt: NOW,
      consents: { phone: { state: 'given', how: words.consent, at: NOW, agentId: 'bo' } },
    }),
  )
  tx.put('customer', customerWith({ id: 'other', name: stays[0]!, createdAt: NOW }))
  const mail = identityWith({
    id: 'zi-mail',
    customerId: 'zi',
    address: words.address,
    name: words.name,
    createdAt: NOW,
  })
  tx.put('identity', mail)
  tx.name(`address:email:${words.address}`, { type: 'identity', id: mail.id })
  tx.put('identity', { ...mail, id: 'zi-chat', channel: 'chat', address: 'visitor-abc' })
  tx.put('identity', identityWith({ id: 'other-mail', customerId: 'other', name: stays[0]! }))

  const mailbox = { name: words.name, address: words.address }
  const letter = (messageId: string, from: Mailbox = mailbox) => ({
    ...{ messageId, inReplyTo: '', references: [], from, to: [], cc: [], raw: null, problems: [] },
    automatic: 'no' as const,
  })
  for (const id of ['m1', 'm2']) {
    const of = conversationWith({
      ...{ id, inboxId: 'one', customerId: 'zi', identityId: 'zi-mail', lastSeq: 3 },
      ...{ subject: words.subject, preview: words.preview, createdAt: NOW, activityAt: NOW + 3 },
      lastInbound: { seq: 3, at: NOW + 3 },
    })
    tx.put('conversation', of)
    for (const seq of [1, 2, 3]) {
      const item = itemWith(of, {
        ...{ id: `${id}-${seq}`, seq, at: NOW + seq, subject: words.subject },
        ...{ text: `${words.body} ${seq}`, quoted: words.quoted, html: `<p>${words.html}</p>` },
        mail: letter(`<${id}-${seq}@customer.example>`),
      })
      tx.put('item', item)
      tx.name(`inbound:one:${id}-${seq}@customer.example`, { type: 'item', id: item.id })
    }
  }
  const chat = conversationWith({
    ...{ id: 'k1', inboxId: 'web', channel: 'chat', customerId: 'zi', identityId: 'zi-chat', lastSeq: 1 },
    ...{ createdAt: NOW, activityAt: NOW, preview: words.chat },
    visit: {
      ...{ page: words.visit, title: words.chat, locale: '', timeZone: '', device: '', typedEmail: '' },
      ...{ user: '', at: NOW },
    },
  })
  tx.put('conversation', chat)
  tx.put('item', itemWith(chat, { id: 'k1-1', seq: 1, at: NOW, text: words.chat }))

  const theirs = conversationWith({
    ...{ id: 'o1', inboxId: 'one', customerId: 'other', identityId: 'other-mail', lastSeq: 3 },
    ...{ subject: 'Theirs', preview: words.copied, createdAt: NOW, activityAt: NOW + 3 },
  })
  tx.put('conversation', theirs)
  const otherBox = { name: stays[0]!, address: 'other-mail@customer.example' }
  tx.put(
    'item',
    itemWith(theirs, {
      ...{ id: 'o1-1', seq: 1, at: NOW, text: stays[1]! },
      mail: { ...letter('o1-1', otherBox), cc: [mailbox] },
    }),
  )
  tx.put(
    'item',
    itemWith(theirs, {
      ...{ id: 'o1-2', seq: 2, at: NOW + 1, text: words.copied, mail: letter('o1-2') },
      author: { kind: 'customer', identityId: 'zi-mail' },
    }),
  )
  tx.put(
    'item',
    itemWith(theirs, {
      ...{ id: 'o1-3', seq: 3, at: NOW + 2, text: stays[1]!, quoted: words.copied },
      mail: letter('o1-3', otherBox),
    }),
  )
}

/** Which of these stand in some bytes, as UTF-8 or UTF-16. */
export const foundIn = (bytes: Buffer, wanted: readonly string[] = marks): string[] =>
  wanted.filter(word => bytes.includes(Buffer.from(word)) || bytes.includes(Buffer.from(word, 'utf16le')))

export const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
    : []

/**
 * A closed replica without its encryption: every page as it lies there, free ones and their remains too. It has no write-ahead log any
 * more: that ends with its last connection.
 */
export function decryptedPages(path: string, key: Uint8Array): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'skein-pages-'))
  const copy = join(folder, 'copy.db')
  try {
    for (const end of ['', '-wal']) if (existsSync(path + end)) cpSync(path + end, copy + end)
    const db = new Sqlite(copy)
    unlock(db, key)
    const pages = db.serialize()
    db.close()
    return pages
  } finally {
    rmSync(folder, { recursive: true })
  }
}
