import { type RefObject, useMemo } from 'react'
import type { ChannelFamily } from '#shared/model/channel.ts'
import type { Conversation } from '#shared/model/conversation.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { DraftKind } from '#shared/model/draft.ts'
import type { Identity } from '#shared/model/identity.ts'
import type { Inbox } from '#shared/model/inbox.ts'
import type { Macro } from '#shared/model/macro.ts'
import { finderOf, type Use } from '#shared/rules/macro-match.ts'
import { plainOf } from '#shared/rules/rich-text.ts'
import { filled, filledRich, holesIn, type Known } from '#shared/rules/variables.ts'
import { languageNow } from '../../../app/i18n.ts'
import { useLive, useLiveOne } from '../../../store/live.ts'
import { useMyId } from '../../../store/states.ts'
import { now } from '../../../ui/clock.ts'
import { useAgents, useTags } from '../../customer/names.ts'
import type { Content } from '../use-draft.ts'
import type { WordsField } from '../words-field.ts'
import { carryOut, settle } from './carry-out.ts'
import type { Choice } from './use-insert.ts'

export interface MacroChoice extends Choice {
  macro: Macro
}

/** Where macros are used: what is written, to whom, and by which field. */
export interface Place {
  kind: DraftKind
  conversation: Conversation
  customer: Customer | undefined
  identity: Identity | undefined
  inbox: Inbox | undefined
  family: ChannelFamily
  field: RefObject<WordsField | null>
  edit: (part: Partial<Content>) => void
}

const MOST_SHOWN = 60

/** The macros that fit where one writes, found by what is typed, with their words filled. */
export function useMacros(place: Place) {
  const { kind, conversation, customer, identity, inbox, family } = place
  const { rows } = useLive('macros', {})
  const workspace = useLiveOne('workspace', {})
  const agents = useAgents()
  const tags = useTags()
  const me = useMyId()
  const finder = useMemo(() => finderOf(rows), [rows])
  const use: Use = { family: kind === 'note' ? null : family, language: customer?.language ?? '' }

  const known = (macro: Macro): Known => ({
    ...{ customer, identity, inbox, conversation, workspace, agent: agents.get(me), now: now() },
    language: languageOf(macro.language || use.language || languageNow()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const wordsOf = (macro: Macro): Pick<Content, 'text' | 'rich'> => {
    const rich = macro.rich ? filledRich(macro.rich, known(macro)) : null
    return { text: rich ? plainOf(rich) : filled(macro.text, known(macro)), rich }
  }

  const apply = (macro: Macro, instead: number): void => {
    const { field, edit } = place
    const words = wordsOf(macro)
    const says = words.text.trim() !== ''
    if (says || instead > 0) field.current?.put(says ? words : { text: '', rich: null }, instead)
    if (holesIn(words.text).length > 0) field.current?.chooseHole()
    const { close, snooze } = macro.actions
    const waits = says && kind === 'reply'
    // One after the other, so that the last that is told is the last that was done, and the first that is taken back.
    const done = carryOut(macro.actions, conversation, me, { agents, tags })
    if (!waits) void done.then(() => settle(macro.actions, conversation))
    else if (close || snooze) edit({ after: { ...(close ? { close } : {}), ...(snooze ? { snooze } : {}) } })
  }

  return {
    none: rows.length === 0,
    use,
    names: { agents, tags },
    wordsOf,
    find: (query: string): MacroChoice[] =>
      finder(query, use)
        .slice(0, MOST_SHOWN)
        .map(macro => ({ id: macro.id, macro, choose: instead => apply(macro, instead) })),
  }
}

const languageOf = (tag: string): Known['language'] => (tag.toLowerCase().startsWith('zh') ? 'zh' : 'en')
