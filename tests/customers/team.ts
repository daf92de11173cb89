/** Customers of a bicycle maker, some hundred, as a hub has them: for the list, its segments and what is done to many. */
import type { Agent } from '#shared/model/agent.ts'
import type { Attribute } from '#shared/model/attribute.ts'
import { conversationWith, customerWith, identityWith } from '#shared/model/testing.ts'
import type { Transaction } from '../../server/store/store.ts'
import { agent } from '../../server/sync/testing.ts'

const DAY = 86_400_000
export const people = { 'ann@skein.example': 'ann', 'sue@skein.example': 'sue' }

export const renewal: Attribute = { id: 'renewal', kind: 'date', label: { en: 'Renewal', zh: '续约日' } }

const named: readonly [name: string, company: string, tier: string, language: string, channels: string][] = [
  ['Amara Okafor', 'Hollandse Fietsen BV', 'VIP', 'en', 'email chat'],
  ['赵明轩', '上海骑行有限公司', 'VIP', 'zh-CN', 'chat'],
  ['Émile Fournier', 'Vélo Nord', '', 'fr', 'email'],
  ['陈晓雨', '', '', 'zh-CN', 'email chat'],
  ['Jonas Weber', 'Radhaus Weber GmbH', 'Dealer', 'de', 'email'],
  ['Sofía Reyes', '', '', 'es', 'chat'],
  ['Priya Raman', 'Raman & Daughters', 'Dealer', 'en', 'email'],
  ['吕静', '绿道租车', '', 'zh-CN', 'email'],
]
const first = [
  'Lena',
  'Tom',
  'Aiko',
  'Mateo',
  'Nora',
  'Ben',
  'Ivo',
  'Ruth',
  'Samir',
  'Grace',
  'Olga',
  'Pavel',
]
const last = [
  'Jansen',
  'Novak',
  'Silva',
  'Haas',
  'Moreau',
  'Clarke',
  'Bauer',
  'Rossi',
  'Lund',
  'Dubois',
  'Kaya',
]
const companies = ['', '', 'Nordrad', 'City Couriers Ltd', '', 'Bike & Bean', 'Radhaus Weber GmbH']

/** @param count how many besides those with names of their own */
export const seedPeople =
  (count: number, now: number = Date.now()) =>
  async (tx: Transaction): Promise<void> => {
    tx.put('workspace', {
      id: 'w',
      name: 'Veloform',
      lockAfterDays: 14,
      windowDays: 90,
      attributes: [renewal],
    })
    for (const [id, en, zh] of [
      ['email', 'Email', '邮件'],
      ['chat', 'Chat', '聊天'],
    ] as const)
      tx.put('channel', {
        ...{ id, family: id, label: { en, zh }, replyWindow: null },
        can: {
          subject: id === 'email',
          copy: id === 'email',
          attachments: true,
          html: id === 'email',
          deliveryReceipts: false,
          readReceipts: false,
        },
        limits: { textCharacters: 10_000, attachmentBytes: 25_000_000, attachments: 10 },
      })
    tx.put('inbox', {
      ...{ id: 'one', channel: 'email', name: 'Support', address: 'help@veloform.example', signature: '' },
      ...{ holdOfflineAfterMinutes: 60, active: true },
    })
    const person = (id: string, more: Partial<Agent>) => tx.put('agent', { ...agent(id, ['one']), ...more })
    person('ann', { name: 'Ann Visser' })
    person('sue', { name: 'Sue Park', role: 'supervisor' })
    tx.put('tag', { id: 'newsletter', name: 'newsletter' })
    tx.put('tag', { id: 'fleet', name: 'fleet' })

    const put = (index: number, [name, company, tier, language, on]: (typeof named)[number]): void => {
      const id = `customer-${String(index).padStart(4, '0')}`
      const at = now - ((index * 37) % 100_000) * 60_000
      tx.put(
        'customer',
        customerWith({ id, name, company, tier, language, createdAt: now - ((index % 400) + 3) * 5 * DAY }),
      )
      for (const channel of on.split(' ')) {
        const address = channel === 'email' ? `person${index}@mail.example` : `visitor ${index}`
        tx.put('identity', identityWith({ id: `${id}-${channel}`, customerId: id, channel, address }))
        tx.put(
          'conversation',
          conversationWith({
            ...{
              id: `${id}-${channel}`,
              inboxId: 'one',
              customerId: id,
              identityId: `${id}-${channel}`,
              channel,
            },
            ...{
              subject: 'A matter',
              status: index % 3 === 0 ? 'open' : 'closed',
              createdAt: at,
              activityAt: at,
              ...(index % 6 === 0 ? { lastInbound: { seq: 1, at }, lastSeq: 1, waitingSince: at } : {}),
            },
          }),
        )
      }
    }
    for (const [index, one] of named.entries()) put(index, one)
    for (let index = named.length; index < named.length + count; index += 1) {
      const name = `${first[index % first.length]} ${last[(index * 5) % last.length]}`
      const language = ['en', 'nl', 'de', 'fr'][index % 4]!
      put(index, [
        name,
        companies[index % companies.length]!,
        index % 9 === 0 ? 'Dealer' : '',
        language,
        index % 5 === 0 ? 'chat' : 'email',
      ])
    }
  }
