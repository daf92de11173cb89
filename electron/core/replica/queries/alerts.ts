import type { ChannelFamily } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Item } from '#shared/model/item.ts'
import type { ReadMark } from '#shared/model/read-mark.ts'
import { glimpseOf } from '#shared/mutations/timeline.ts'
import type { Alert, Waiting } from '#shared/queries/index.ts'
import type { AlertKind } from '#shared/rules/attention.ts'
import {
  type Answers,
  type Entry,
  noticedTo,
  plainEntry,
  type QueryContext,
  shown,
  shownOf,
} from './entry.ts'
import { namesMe } from './mentions.ts'
import { createMerged } from './merged.ts'

interface ConversationRow {
  doc: string
  channel: string
  read: number
}

interface ItemRow {
  doc: string
  channel: string
  conversation: string
}

/** Of mine and of nobody's so many of the latest are looked at, and so many of every inbox where people wait at the other end. */
const MOST = 200
/** As `waits_from` says that nobody waits. */
const NEVER = 9007199254740991

const read = noticedTo('c.id')

const channel = `c.doc ->> '$.channel'`

/** Whom answers from beside a conversation are for: whose it is, or of nobody's who asked. */
const forMe = `coalesce(c.assignee_id, c.doc ->> '$.lastAside.agentId') = @agent`

/** Unseen: the customer wrote, waits and was not read; somebody gave it to me, or answered what I asked, since I last looked. */
const unseen = (among: string): string => `
  select c.doc, ${channel} as channel, ${read} as read from conversation c where c.rowid in (${among})
  and ((c.inbound_seq > ${read} and c.waits_from < ${NEVER})
    or (c.assignee_id = @agent and c.doc ->> '$.lastAssignment.seq' > ${read})
    or (c.doc ->> '$.lastAside.seq' > ${read} and ${forMe}))`

const latest = (condition: string): string => `
  select rowid from conversation where ${condition} and status = 'open' and ${shown}
  order by activity_at desc limit ${MOST}`

/**
 * What wants this agent's attention, derived from rows alone: it is right after a restart, on two desks, and offline. It ends when the
 * conversation was read here or on another desk of theirs, claimed by a colleague, answered or closed.
 */
export function alerts(context: QueryContext): Pick<Answers, 'alerts' | 'waiting'> {
  const { db } = context.replica
  const merged = createMerged(db)
  type Agent = { agent: string }
  const mine = db.prepare<[Agent], ConversationRow>(unseen(latest('assignee_id = @agent')))
  const nobodys = db.prepare<[Agent], ConversationRow>(unseen(latest('assignee_id is null')))
  const ofInbox = db.prepare<[Agent & { inbox: string }], ConversationRow>(
    `${unseen(latest('inbox_id = @inbox'))} and (c.assignee_id is null or c.assignee_id = @agent)`,
  )
  const families = db.prepare<[], { id: string; family: ChannelFamily }>(
    `select id, doc ->> '$.family' as family from channel`,
  )
  const inboxes = db.prepare<[], { id: string; channel: string }>(
    `select id, doc ->> '$.channel' as channel from inbox`,
  )
  const troubled = db.prepare<[Agent & { state: string }], ItemRow>(
    `select i.doc, ${channel} as channel, c.doc as conversation from item i join conversation c on c.id = i.conversation_id
     where i.state = @state and i.state in ('failed', 'uncertain', 'held') and i.author_id = @agent
       and c.status <> 'closed' and ${shownOf('i.')} limit ${MOST}`,
  )
  // The sign keeps SQLite on the index of those who are named, which are few.
  const named = db.prepare<[Agent], ItemRow>(
    `select i.doc, ${channel} as channel, c.doc as conversation from item i join conversation c on c.id = i.conversation_id
     where ${namesMe('i')} and i.seq > ${read}
       and i.author_id is not @agent and ${shownOf('i.')} order by +i.place desc limit ${MOST}`,
  )
  /** Who gave it to me. An event is among the latest of its customer. */
  const giver = db
    .prepare<[string, string, number], string | null>(
      `select author_id from item where customer_id = ? and conversation_id = ? and seq = ?
       order by place desc limit 1`,
    )
    .pluck()
  const answerAside = db
    .prepare<[string, string, number], string>(
      `select doc from item where customer_id = ? and conversation_id = ? and seq = ?
       order by place desc limit 1`,
    )
    .pluck()
  // The signs keep SQLite on the right index: of mine there are few, so they are put in order; of nobody's there may be very many, and those
  // who have waited longest come first in theirs.
  const waitingOf = (whose: string, since: string) =>
    db.prepare<[Agent], { id: string; customer_id: string; waits_from: number }>(
      `select id, customer_id, waits_from from conversation
       where ${whose} and status = 'open' and ${since} < ${NEVER} and @agent <> '' and ${shown}
       order by ${since}, id limit ${MOST}`,
    )
  const waitForMe = waitingOf('assignee_id = @agent', '+waits_from')
  const waitForAnybody = waitingOf('+assignee_id is null', 'waits_from')

  const around = (conversation: Conversation, family: ChannelFamily) => ({
    conversationId: conversation.id,
    customerId: conversation.customerId,
    customerName: merged.face(conversation.customerId).name,
    channel: conversation.channel,
    family,
    priority: priorityOf(conversation),
    seq: conversation.lastSeq,
    since: conversation.waitingSince,
  })

  function ofConversation(row: ConversationRow, agent: string, family: ChannelFamily): Alert[] {
    const conversation = JSON.parse(row.doc) as Conversation
    return [
      ...ofWhatHappened(conversation, row, agent, family),
      ...ofAnswerAside(conversation, row, agent, family),
    ]
  }

  function ofAnswerAside(
    conversation: Conversation,
    { read }: ConversationRow,
    agent: string,
    family: ChannelFamily,
  ): Alert[] {
    const { id, customerId, assigneeId, lastAside } = conversation
    if (!lastAside || lastAside.seq <= read || (assigneeId ?? lastAside.agentId) !== agent) return []
    const doc = answerAside.get(customerId, id, lastAside.seq)
    const item = doc === undefined ? null : (JSON.parse(doc) as Item)
    return [
      {
        ...{ id: `${id} aside`, kind: 'aside', mark: lastAside.seq, itemId: item?.id ?? null },
        ...{ preview: item ? glimpseOf(item) : '', at: lastAside.at },
        ...around(conversation, family),
      },
    ]
  }

  function ofWhatHappened(
    conversation: Conversation,
    row: ConversationRow,
    agent: string,
    family: ChannelFamily,
  ): Alert[] {
    const { lastInbound, lastAssignment, assigneeId, waitingSince, preview } = conversation
    const wrote = lastInbound && waitingSince !== null && lastInbound.seq > row.read ? lastInbound : null
    const given =
      assigneeId === agent && lastAssignment && lastAssignment.seq > row.read ? lastAssignment : null
    const byAnother =
      given !== null && giver.get(conversation.customerId, conversation.id, given.seq) !== agent
    const newest = byAnother && given.seq > (wrote?.seq ?? 0) ? given : wrote
    if (!newest) return []
    const kind: AlertKind =
      newest === given ? 'assigned' : assigneeId !== null ? 'mine' : conversation.lastReply ? 'queue' : 'new'
    return [
      {
        ...{ id: conversation.id, kind, mark: newest.seq, itemId: null, preview, at: newest.at },
        ...around(conversation, family),
      },
    ]
  }

  function ofItem({ doc, conversation: text }: ItemRow, kind: AlertKind, family: ChannelFamily): Alert {
    const item = JSON.parse(doc) as Item
    const conversation = JSON.parse(text) as Conversation
    return {
      ...{ id: item.id, kind, mark: item.seq, itemId: item.id, preview: glimpseOf(item) },
      ...around(conversation, family),
      at: item.delivery?.at ?? item.at,
    }
  }

  let made = new Map<string, Entry<Alert>[]>()
  return {
    alerts: {
      run() {
        const agent = context.agentId()
        if (agent === '') return []
        const familyOf = new Map(families.all().map(({ id, family }) => [id, family]))
        const live = inboxes
          .all()
          .filter(({ channel }) => ['chat', 'phone'].includes(familyOf.get(channel) ?? ''))
        const of = ({ channel }: { channel: string }): ChannelFamily => familyOf.get(channel) ?? 'email'
        const before = made
        made = new Map()
        /** Rows mostly are what they were a moment ago: what was made of their text is taken again. */
        const once = (text: string, family: ChannelFamily, make: () => Alert[]): Entry<Alert>[] => {
          const key = `${family} ${text}`
          const entries = before.get(key) ?? make().map(alert => plainEntry(alert.id, alert))
          made.set(key, entries)
          return entries
        }
        const conversations = [
          ...mine.all({ agent }),
          ...nobodys.all({ agent }),
          ...live.flatMap(({ id: inbox }) => ofInbox.all({ agent, inbox })),
        ].flatMap(row =>
          once(`${agent} ${row.read} ${row.doc}`, of(row), () => ofConversation(row, agent, of(row))),
        )
        const items = (rows: ItemRow[], kind: AlertKind): Entry<Alert>[] =>
          rows.flatMap(row =>
            once(`${kind} ${row.doc}${row.conversation}`, of(row), () => [ofItem(row, kind, of(row))]),
          )
        const found = [
          ...conversations,
          ...items(troubled.all({ agent, state: 'failed' }), 'failed'),
          ...items(troubled.all({ agent, state: 'uncertain' }), 'failed'),
          ...items(troubled.all({ agent, state: 'held' }), 'held'),
          ...items(named.all({ agent }), 'mention'),
        ]
        // The same conversation may be found as mine and as one of a chat's inbox.
        const each = new Map(found.map(entry => [entry.key, entry]))
        return [...each.values()].sort(
          (one, other) => other.row().at - one.row().at || (one.key < other.key ? -1 : 1),
        )
      },
      concerns(_args, { type, doc }, keys) {
        if (type === 'readMark') {
          const mark = doc as ReadMark | undefined
          return mark === undefined || mark.agentId === context.agentId()
        }
        if (type !== 'item') return true
        const item = doc as Item | undefined
        if (item === undefined) return true
        return item.delivery !== null || item.mentions !== undefined || keys.has(item.id)
      },
    },
    waiting: {
      run() {
        const agent = context.agentId()
        const own = waitForMe.all({ agent })
        return (own.length > 0 ? own : waitForAnybody.all({ agent })).map(row =>
          plainEntry<Waiting>(row.id, {
            conversationId: row.id,
            customerId: row.customer_id,
            since: row.waits_from,
            mine: own.length > 0,
          }),
        )
      },
    },
  }
}

/** Of an older hub, or a conversation nobody has judged: normal. */
const priorityOf = ({ priority }: Conversation): Alert['priority'] => priority ?? 'normal'
