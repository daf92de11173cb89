/**
 * Holes in a macro's words that the desk fills: `{{customer.firstName|there}}`. What stands after the bar is said when nothing is known.
 * A hole that cannot be filled stays as it is written: it is seen in the draft, and nothing is sent while there is one.
 */
import type { Agent } from '../model/agent.ts'
import type { Conversation } from '../model/conversation.ts'
import type { Customer } from '../model/customer.ts'
import { type CustomerField, customerFields, fieldValue } from '../model/customer-field.ts'
import type { Identity } from '../model/identity.ts'
import type { Inbox } from '../model/inbox.ts'
import { languageName } from '../model/language.ts'
import type { Block, RichText } from '../model/rich-text.ts'
import type { Workspace } from '../model/workspace.ts'
import { firstName } from './first-name.ts'

/** What is known where the words are used. `language` is that of the words: dates and names of languages follow it. */
export interface Known {
  customer: Customer | undefined
  identity: Identity | undefined
  agent: Agent | undefined
  inbox: Inbox | undefined
  conversation: Conversation | undefined
  workspace: Pick<Workspace, 'attributes'> | undefined
  language: 'en' | 'zh'
  /** Milliseconds. */
  now: number
  /** IANA name of the zone whose day it is. */
  timeZone: string
}

/** A variable has a name in each language; both are understood, whatever the desk speaks. */
export interface Variable {
  name: { en: string; zh: string }
  /** Empty: nothing is known. */
  value(known: Known): string
}

const of = (en: string, zh: string, value: Variable['value']): Variable => ({ name: { en, zh }, value })

const nameOf = ({ customer, identity }: Known): string => customer?.name || identity?.name || ''

const builtIn: readonly Variable[] = [
  of('customer.firstName', '客户.称呼', known => firstName(nameOf(known))),
  of('customer.name', '客户.姓名', nameOf),
  of('customer.company', '客户.公司', ({ customer }) => customer?.company ?? ''),
  of('customer.tier', '客户.级别', ({ customer }) => customer?.tier ?? ''),
  of('customer.language', '客户.语言', ({ customer, language }) =>
    customer?.language ? languageName(customer.language, language) : '',
  ),
  of('customer.address', '客户.地址', ({ identity }) => identity?.address ?? ''),
  of('agent.firstName', '客服.称呼', ({ agent }) => firstName(agent?.name ?? '')),
  of('agent.name', '客服.姓名', ({ agent }) => agent?.name ?? ''),
  of('agent.email', '客服.邮箱', ({ agent }) => agent?.email ?? ''),
  of('inbox.name', '收件箱.名称', ({ inbox }) => inbox?.name ?? ''),
  of('inbox.address', '收件箱.地址', ({ inbox }) => inbox?.address ?? ''),
  of('conversation.subject', '会话.主题', ({ conversation }) => conversation?.subject ?? ''),
  of('today', '今天', known => dated(known.now, known, { dateStyle: 'long' })),
  of('weekday', '星期', known => dated(known.now, known, { weekday: 'long' })),
]

const dated = (
  at: number,
  { language, timeZone }: Pick<Known, 'language' | 'timeZone'>,
  style: Intl.DateTimeFormatOptions,
): string => new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { ...style, timeZone }).format(at)

/** All there are: the built-in ones, then a customer's attributes by the labels an administrator gave them. */
export const variablesOf = (workspace: Pick<Workspace, 'attributes'> | undefined): Variable[] => [
  ...builtIn,
  ...customerFields(workspace)
    .filter(({ custom }) => custom)
    .map(ofAttribute),
]

function ofAttribute(field: CustomerField): Variable {
  const { en, zh } = field.label
  return of(`customer.${en || zh}`, `客户.${zh || en}`, known => {
    const value = known.customer ? fieldValue(field, known.customer) : null
    if (value === null || typeof value === 'object') return ''
    if (field.kind === 'choice') return field.options.find(({ id }) => id === value)?.name ?? ''
    // A date has no hour and no zone.
    if (field.kind === 'date')
      return dated(
        Date.parse(`${value}T00:00Z`),
        { language: known.language, timeZone: 'UTC' },
        { dateStyle: 'long' },
      )
    return String(value)
  })
}

/** A hole in some words. */
export interface Hole {
  /** Of its first brace, and behind its last. */
  from: number
  to: number
  name: string
  /** Said when nothing is known; null: nothing is to be said instead. */
  instead: string | null
}

/** Full-width braces and bars, too: that is what an input method writes. */
const HOLE = /(?:\{\{|｛｛)\s*([^{}｛｝|｜\n]{1,120}?)\s*(?:[|｜]([^{}｛｝\n]{0,400}))?(?:\}\}|｝｝)/gu

export const holesIn = (text: string): Hole[] =>
  [...text.matchAll(HOLE)].map(match => ({
    from: match.index,
    to: match.index + match[0].length,
    name: match[1]!,
    instead: match[2]?.trim() ?? null,
  }))

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/** Looks variables up by either name, whatever the case. */
export type LookUp = (name: string) => Variable | undefined

export function lookUpOf(variables: readonly Variable[]): LookUp {
  const known = new Map<string, Variable>()
  for (const variable of variables)
    for (const name of [variable.name.en, variable.name.zh])
      if (!known.has(plain(name))) known.set(plain(name), variable)
  return name => known.get(plain(name))
}

/** The words with everything filled that can be. */
export function filled(text: string, known: Known): string {
  const lookUp = lookUpOf(variablesOf(known.workspace))
  return fillWith(text, known, lookUp)
}

/** The same with formatting. A hole that is formatted in part is not seen as one, and stays. */
export function filledRich(rich: RichText, known: Known): RichText {
  const lookUp = lookUpOf(variablesOf(known.workspace))
  const block = (each: Block): Block => {
    switch (each.kind) {
      case 'paragraph':
        return {
          ...each,
          spans: each.spans.flatMap(span => {
            const text = fillWith(span.text, known, lookUp)
            return text === '' ? [] : { ...span, text }
          }),
        }
      case 'quote':
        return { ...each, blocks: each.blocks.map(block) }
      case 'list':
        return { ...each, items: each.items.map(item => item.map(block)) }
      case 'code':
        return { ...each, text: fillWith(each.text, known, lookUp) }
    }
  }
  return rich.map(block)
}

function fillWith(text: string, known: Known, lookUp: LookUp): string {
  let done = ''
  let at = 0
  for (const { from, to, name, instead } of holesIn(text)) {
    const value = lookUp(name)?.value(known).trim() || instead
    done += text.slice(at, from) + (value ?? text.slice(from, to))
    at = to
  }
  return done + text.slice(at)
}
