/**
 * Phone and social networks in the demonstration: what was said there, and nothing more. The hub has no way to them yet, so
 * their channels say that nothing can be answered on them, and nothing new ever comes.
 */
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Channel as Manifest } from '#shared/model/channel.ts'
import type { Item } from '#shared/model/item.ts'
import { key } from '#shared/model/row.ts'
import type { Channel } from '../channels/channel.ts'
import { addInbox, newInbox } from '../inboxes/rows.ts'
import type { Store } from '../store/store.ts'

export type Place = 'phone' | 'whatsapp' | 'wechat' | 'instagram'

const manifest = (
  id: Place,
  family: Manifest['family'],
  label: Manifest['label'],
  opaque = false,
): Manifest => ({
  id,
  family,
  label,
  can: {
    subject: false,
    copy: false,
    attachments: false,
    html: false,
    deliveryReceipts: false,
    readReceipts: false,
    reply: false,
  },
  ...(opaque ? { opaque } : {}),
  limits: { textCharacters: 4_000, attachmentBytes: 0, attachments: 0 },
  replyWindow: null,
})

const manifests: Manifest[] = [
  manifest('phone', 'phone', { en: 'Phone', zh: '电话' }),
  manifest('whatsapp', 'social', { en: 'WhatsApp', zh: 'WhatsApp' }),
  // What these two call their users by is made for machines.
  manifest('wechat', 'social', { en: 'WeChat', zh: '微信' }, true),
  manifest('instagram', 'social', { en: 'Instagram', zh: 'Instagram' }, true),
]

export const placeInboxes: Record<Place, { name: string; address: string }> = {
  phone: { name: 'Veloform hotline 热线', address: '+31205550142' },
  whatsapp: { name: 'Veloform WhatsApp', address: '+31205550143' },
  wechat: { name: '维洛服务号', address: 'gh_veloform' },
  instagram: { name: 'Veloform Instagram', address: 'veloform.bikes' },
}

/** They take what was said there, each matter by itself, and let nothing out. */
export const elsewhere: Channel[] = manifests.map(manifest => ({
  manifest,
  settings: z.object({}),
  receive: () => Promise.reject(new Error(`${manifest.id} is history`)),
  send: async ({ attempt }) => ({
    messageId: '',
    recipients: attempt.map(address => ({
      address,
      state: 'failed',
      reason: { kind: 'not-configured', detail: '' },
      retryable: false,
    })),
  }),
  conversationOf: ({ inboxId, identity, thread }, { bySubject }) =>
    thread.subjectKey === null
      ? Promise.resolve(null)
      : bySubject(inboxId, identity.address, thread.subjectKey, 0),
}))

/** Puts channels and inboxes there, where they are not yet. */
export async function addElsewhere({ store }: { store: Store }): Promise<void> {
  const there = new Set((await store.all('inbox')).map(({ address }) => address))
  await store.write(async tx => {
    await tx.load(manifests.map(({ id }) => key('channel', id)))
    for (const manifest of manifests) if (!tx.get('channel', manifest.id)) tx.put('channel', manifest)
  })
  for (const { id } of manifests) {
    const inbox = placeInboxes[id as Place]
    if (!there.has(inbox.address))
      await addInbox({ store }, newInbox({ id: uuidv7(), channel: id, ...inbox }))
  }
}

/** Below which posts people comment. */
export const posts: NonNullable<Item['comment']>[] = [
  { post: 'Spring tour: 40 bikes, one harbour', url: 'https://instagram.example/p/spring-tour' },
  { post: 'The new rain cover, tested in Bergen', url: 'https://instagram.example/p/rain-cover' },
  { post: 'Meet the workshop', url: 'https://instagram.example/p/workshop' },
]
