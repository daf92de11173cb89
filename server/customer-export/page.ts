/** The same for people: one page that holds all it needs, runs nothing and fetches nothing. Every word in it is escaped here. */
import type { Conversation } from '#shared/model/conversation.ts'
import {
  type CustomerField,
  customerFields,
  type FieldValue,
  fieldValue,
  labelOf,
} from '#shared/model/customer-field.ts'
import type { Item } from '#shared/model/item.ts'
import type { Store } from '../store/store.ts'
import { type Told, time } from './data.ts'
import { type Gathered, itemsOf } from './gather.ts'

const words = {
  en: {
    title: 'What is kept about',
    at: 'As of',
    unseen: 'Conversations that are not in it, because whoever asked may not see their inbox:',
    profile: 'Profile',
    consents: 'Consents',
    given: 'given',
    refused: 'refused',
    addresses: 'Addresses',
    conversation: 'Conversation',
    quoted: 'Earlier words repeated',
    files: 'Files',
    gone: 'no longer kept',
    original: 'The mail as it came',
    customer: 'Customer',
    system: 'System',
    internal: 'internal note',
  },
  zh: {
    title: '所保存的数据：',
    at: '截至',
    unseen: '因申请人无权查看相关收件箱而未包含的会话数：',
    profile: '资料',
    consents: '同意情况',
    given: '同意',
    refused: '拒绝',
    addresses: '地址',
    conversation: '会话',
    quoted: '引用的旧内容',
    files: '文件',
    gone: '已不再保存',
    original: '邮件原文',
    customer: '客户',
    system: '系统',
    internal: '内部备注',
  },
} as const
export type PageLanguage = keyof typeof words

const STYLE = `
body{font:15px/1.55 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1.5rem;color:#1b1b1f;background:#fff}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid #dcdce2}
.meta{color:#5d5d66;font-size:.85rem}dl{display:grid;grid-template-columns:9rem 1fr;gap:.25rem 1rem}dt{color:#5d5d66}dd{margin:0;white-space:pre-wrap}
article{margin:1rem 0;padding:.75rem 1rem;border:1px solid #dcdce2;border-radius:8px;overflow-wrap:anywhere}article.out{background:#f4f6fb}article.internal{background:#fdf8e4}
.text{white-space:pre-wrap;margin:.35rem 0 0}details{margin-top:.5rem;color:#5d5d66}ul{padding-left:1.2rem}
@media (prefers-color-scheme:dark){body{color:#ececf1;background:#17171a}h2,article{border-color:#3a3a42}article.out{background:#1d2230}article.internal{background:#29261a}.meta,dt,details{color:#a3a3ad}a{color:#9db7ff}}
`

export async function* pageOf(
  store: Store,
  gathered: Gathered,
  told: Told,
  language: PageLanguage,
): AsyncGenerator<string> {
  const say = words[language]
  const { customers, identities, conversations, unseen } = gathered
  const name =
    customers
      .map(customer => customer.name)
      .filter(Boolean)
      .join(', ') || '–'
  yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">
<title>${safe(`${say.title} ${name}`)}</title><style>${STYLE}</style></head><body>
<h1>${safe(`${say.title} ${name}`)}</h1><p class="meta">${safe(`${told.workspace?.name ?? ''} · ${say.at} ${shown(told.at)}`)}</p>`
  if (unseen > 0) yield `<p>${safe(`${say.unseen} ${unseen}`)}</p>`
  for (const customer of customers) {
    const rows = customerFields(told.workspace).map(field => [
      labelOf(field, language),
      valueText(fieldValue(field, customer), field, told),
    ])
    const consents = Object.entries(customer.consents ?? {}).map(([way, consent]) => [
      `${say.consents}: ${way}`,
      consent ? `${say[consent.state]}, ${shown(consent.at)}. ${consent.how}` : '',
    ])
    yield `<h2>${safe(say.profile)}</h2>${list([...rows, ...consents])}`
  }
  yield `<h2>${safe(say.addresses)}</h2>${list(identities.map(each => [each.channel, [each.name, each.address].filter(Boolean).join(' · ')]))}`
  for (const conversation of conversations) {
    yield heading(conversation, say.conversation)
    for await (const item of itemsOf(store, conversation)) yield entry(item, gathered, told, language)
  }
  yield '</body></html>\n'
}

function valueText(value: FieldValue, { id, kind, custom, options }: CustomerField, { tags }: Told): string {
  if (value === null) return ''
  if (kind === 'tags') return (value as readonly string[]).flatMap(tag => tags.get(tag) ?? []).join(', ')
  if (id === 'createdAt' && !custom) return shown(Number(value))
  const choice = options.find(option => option.id === value)
  return choice?.name ?? String(value)
}

const list = (rows: readonly (readonly (string | undefined)[])[]): string =>
  `<dl>${rows.map(([term, value]) => (value ? `<dt>${safe(term ?? '')}</dt><dd>${safe(value)}</dd>` : '')).join('')}</dl>`

const heading = ({ subject, channel, createdAt, visit }: Conversation, otherwise: string): string =>
  `<h2>${safe(subject || otherwise)}</h2><p class="meta">${safe([channel, shown(createdAt), visit?.page].filter(Boolean).join(' · '))}</p>`

function entry(
  item: Item,
  { files, identities }: Gathered,
  { agents }: Told,
  language: PageLanguage,
): string {
  const say = words[language]
  const { author, kind, direction, text, quoted, attachments, mail, event } = item
  if (kind === 'event')
    return `<p class="meta">${safe(`${shown(item.at)} · ${event?.kind ?? say.system}`)}</p>`
  const who =
    author.kind === 'agent'
      ? (agents.get(author.agentId)?.name ?? say.system)
      : author.kind === 'customer'
        ? (identities.find(({ id }) => id === author.identityId)?.name ?? '') || say.customer
        : say.system
  const to = mail ? [...mail.to, ...mail.cc].map(({ address }) => address).join(', ') : ''
  const head = [who, to && `→ ${to}`, shown(item.at), kind === 'note' ? say.internal : item.delivery?.state]
  const links = [
    ...attachments.map(({ name, sha256 }) => [name, files.get(sha256)] as const),
    ...(mail?.raw ? [[say.original, files.get(mail.raw)] as const] : []),
  ]
  return `<article class="${direction}"><div class="meta">${safe(head.filter(Boolean).join(' · '))}</div><div class="text">${safe(text)}</div>${
    quoted
      ? `<details><summary>${safe(say.quoted)}</summary><div class="text">${safe(quoted)}</div></details>`
      : ''
  }${links.length > 0 ? `<ul>${links.map(([name, path]) => `<li>${link(name, path, say.gone)}</li>`).join('')}</ul>` : ''}</article>`
}

const link = (name: string, path: string | null | undefined, gone: string): string =>
  path
    ? `<a href="${safe(path.split('/').map(encodeURIComponent).join('/'))}">${safe(name)}</a>`
    : `${safe(name)} (${safe(gone)})`

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[&<>"']/g, sign => SIGNS[sign]!)
    .replaceAll('\0', '')

/** The time of the hub, without a place: `2026-11-22 17:40 UTC`. */
const shown = (at: number): string => `${time(at).slice(0, 16).replace('T', ' ')} UTC`
