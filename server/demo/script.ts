/**
 * The words of the demonstration workspace: a small maker of cargo bikes, its customers and its desk. Played through the
 * hub's own code by play.ts, so that every row of it was made as a real one is.
 */

import type { Call } from '#shared/model/call.ts'
import type { Item } from '#shared/model/item.ts'
import type { Place } from './elsewhere.ts'

export interface Person {
  name: string
  address: string
  company?: string
  tier?: string
  language: 'en' | 'zh-CN'
  timeZone?: string
}

/** Minutes after the turn before. A note is written by an agent and never leaves. */
export type Turn = { after: number; text: string; call?: Call } & (
  | {
      by: 'customer'
      file?: { name: string; type: string; text: string }
      /** Said for everybody, below a post. */
      comment?: Item['comment']
    }
  | { by: AgentKey; note?: boolean }
)

export interface Thread {
  person: Person
  inbox: 'support' | 'kefu'
  subject: string
  turns: Turn[]
  assignee?: AgentKey
  tags?: string[]
  status?: 'closed' | 'snoozed'
  /** By mail when absent. `known`: the site had signed who they are. */
  chat?: { known: boolean }
  /** What they thought of it in the end, as the widget asks. */
  rated?: { score: number; words: string }
  /** Said by phone or on a social network: always of the past. In its calls agents stand by their names in this script. */
  place?: Place
  /** From before today: nobody waits for an answer, and no desk rings. */
  history?: boolean
}

export const agents = {
  tomas: { name: 'Tomás Rivera', email: 'tomas@veloform.example', role: 'agent' },
  priya: { name: 'Priya Raman', email: 'priya@veloform.example', role: 'agent' },
  chen: { name: '陈思远', email: 'chen@veloform.example', role: 'agent' },
  wang: { name: '王芳', email: 'wang@veloform.example', role: 'supervisor' },
} as const
export type AgentKey = keyof typeof agents

export const inboxes = {
  support: {
    name: 'Veloform Support',
    address: 'support@veloform.example',
    signature: 'Veloform Support\nMon to Fri, 8:00 to 18:00 CET',
  },
  kefu: {
    name: '维洛客服',
    address: 'kefu@veloform.example',
    signature: '维洛车队服务\n工作日 9:00 至 18:00',
  },
} as const

/** Where the company's site has its chat. */
export const website = { name: 'Veloform website 官网', address: 'web-veloform' } as const

export const tags = ['warranty', 'battery', 'delivery', 'invoice', 'fleet', '保修', '发票', '物流', '大客户']
