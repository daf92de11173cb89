import { useCallback, useEffect, useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Draft, DraftKind, Shared } from '#shared/model/draft.ts'
import type { Attachment } from '#shared/model/item.ts'
import type { RichText } from '#shared/model/rich-text.ts'
import { type Fault, ok } from '#shared/protocol/fault.ts'
import { plainOf } from '#shared/rules/rich-text.ts'
import { mutate } from '../../store/core.ts'
import { now } from '../../ui/clock.ts'
import { createKeeper } from './draft-keeper.ts'
import { forgetWords, leaveWords, wordsLeft } from './left-words.ts'
import { usePen } from './use-pen.ts'

export interface Content {
  text: string
  /** The same with its formatting; null where the plain words say it all. */
  rich: RichText | null
  /** Of a forward; an answer goes to whoever wrote. */
  to: string[]
  cc: string[]
  bcc: string[]
  attachments: Attachment[]
  /** The held reply that is being edited. */
  heldItemId: string | null
  /** The item that is passed on, of a forward. */
  forwards: string | null
  /** Of a forward that is a conversation beside this one. */
  side: NonNullable<Draft['side']> | null
  /** What becomes of the conversation when it is sent; null: nothing. */
  after: NonNullable<Draft['after']> | null
  /** Colleagues read along: with which pen it is written. */
  shared: Shared | null
}

export const emptyContent: Content = {
  text: '',
  rich: null,
  to: [],
  cc: [],
  bcc: [],
  attachments: [],
  heldItemId: null,
  forwards: null,
  side: null,
  after: null,
  shared: null,
}

// What is shared is there for others, too, until somebody says otherwise.
const isEmpty = ({ text, attachments, heldItemId, forwards, shared }: Content): boolean =>
  text.trim() === '' &&
  attachments.length === 0 &&
  heldItemId === null &&
  forwards === null &&
  shared === null

/** After a save that failed. Milliseconds. */
const AGAIN = 5000

/**
 * What is typed for one conversation, as reply, note or forward, and its draft. The field is the truth while it is typed in; the draft that
 * comes back from the core, which is what was saved a moment ago, never moves the caret. A draft that another window or somebody's other desk
 * wrote, or that came back refused (S13), is taken over when nothing is being typed here.
 *
 * @param fresh what a new message begins with (the copies)
 * @param together whose pen the shared draft of the conversation is written with, and who is told that it has gone to somebody else
 */
export function useDraft(
  conversationId: string,
  kind: DraftKind,
  draft: Draft | undefined,
  loading: boolean,
  fresh: Content,
  together?: Together,
) {
  const [content, setContent] = useState<Content | null>(null)
  const latest = useRef<Content | null>(null)
  latest.current = content
  const stamps = useRef(new Set<number>())
  /** Stamps of before the words went. They mean nothing any more once their draft has gone: it may be given back (S13). */
  const spent = useRef<readonly number[]>([])
  const adopted = useRef<number | null>(null)
  const stored = useRef(draft)
  stored.current = draft
  const [unsaved, setUnsaved] = useState<Fault | null>(null)
  /** Something was saved and, as far as this desk did it, not discarded since: its row may still be on its way back. */
  const saved = useRef(false)

  const save = useCallback(
    async function saveNow(next: Content): Promise<void> {
      if (isEmpty(next)) {
        forgetWords(conversationId, kind)
        const shared = stored.current?.shared
        if (stored.current || saved.current)
          await mutate('draft.discard', { conversationId, kind, ...(shared ? { shared } : {}) })
        saved.current = false
        return
      }
      const updatedAt = stampIn(stamps.current)
      stamps.current.add(updatedAt)
      saved.current = true
      leaveWords(conversationId, kind, { content: next, updatedAt })
      const result = await mutate('draft.save', { conversationId, kind, updatedAt, ...savedOf(next) })
      setUnsaved(result.ok ? null : result.fault)
      // Again by itself: there may be room on the disk before another key is pressed.
      if (!result.ok) setTimeout(() => latest.current === next && void saveNow(next), AGAIN)
    },
    [conversationId, kind],
  )
  const [keeper] = useState(() => createKeeper<Content>(next => void save(next)))
  /** Something was typed here since this window got the keyboard. Until then what another window wrote is the newer. */
  const typed = useRef(false)
  const inUse = useCallback(
    () => typed.current && document.hasFocus() && document.activeElement?.closest('.comp') != null,
    [],
  )

  useEffect(() => {
    const flush = (): void => keeper.flush()
    const leave = (): void => {
      flush()
      typed.current = false
    }
    window.addEventListener('pagehide', flush)
    window.addEventListener('blur', leave)
    document.addEventListener('visibilitychange', flush)
    return () => {
      flush()
      window.removeEventListener('pagehide', flush)
      window.removeEventListener('blur', leave)
      document.removeEventListener('visibilitychange', flush)
    }
  }, [keeper])

  useEffect(() => {
    if (loading) return
    const here = latest.current
    const left = wordsLeft(conversationId, kind, draft)
    if (here === null) {
      if (left) stamps.current.add(left.updatedAt)
      adopted.current = left?.updatedAt ?? draft?.updatedAt ?? null
      setContent(left?.content ?? (draft ? contentOf(draft) : fresh))
      return
    }
    if (left || keeper.dirty()) return
    if (!draft) {
      for (const stamp of spent.current) stamps.current.delete(stamp)
      spent.current = []
      // Sent or discarded in another window, or on another desk.
      const elsewhere = adopted.current !== null && !(typed.current && stamps.current.has(adopted.current))
      if (elsewhere && !isEmpty(here) && !inUse()) setContent(fresh)
      adopted.current = null
      return
    }
    if (draft.updatedAt === adopted.current || stamps.current.has(draft.updatedAt)) {
      adopted.current = draft.updatedAt
      return
    }
    if (inUse() && !isEmpty(here)) return
    adopted.current = draft.updatedAt
    setContent(contentOf(draft))
  }, [conversationId, kind, loading, draft, fresh, keeper, inUse])

  // What a new message begins with may become known a moment later.
  useEffect(() => {
    setContent(here => (here && isEmpty(here) && here.cc.length === 0 ? { ...here, cc: fresh.cc } : here))
  }, [fresh])

  /** Saved whenever it changes by hand. */
  const edit = useCallback(
    (part: Partial<Content> | ((before: Content) => Partial<Content>)): void => {
      const from = latest.current ?? emptyContent
      const next = { ...from, ...(typeof part === 'function' ? part(from) : part) }
      latest.current = next
      typed.current = true
      setContent(next)
      keeper.changed(next)
    },
    [keeper],
  )
  const pen = usePen({
    pen: together?.pen,
    mine: content?.shared ?? null,
    lost: () => {
      const kept = keeper.dirty() || inUse()
      together?.lost(kept)
      if (kept) return edit({ shared: null })
      forgetWords(conversationId, kind)
      adopted.current = null
      latest.current = fresh
      setContent(fresh)
    },
  })
  const hold = useCallback(() => {
    const release = keeper.hold()
    pen.hold()
    return () => {
      release()
      pen.free()
    }
  }, [keeper, pen])
  /** The words have gone: nothing saved before may bring them back. */
  const reset = useCallback((): void => {
    keeper.clear()
    forgetWords(conversationId, kind)
    pen.forget()
    setUnsaved(null)
    if (stored.current) spent.current = [...stamps.current]
    else stamps.current.clear()
    adopted.current = null
    latest.current = fresh
    setContent(fresh)
  }, [conversationId, kind, keeper, pen, fresh])

  /** Lets colleagues read it along from now on. */
  const share = useCallback(async () => {
    keeper.flush()
    const { text, rich, cc, bcc, attachments, after } = latest.current ?? emptyContent
    const shared = { itemId: uuidv7(), pen: uuidv7() }
    const updatedAt = stampIn(stamps.current)
    stamps.current.add(updatedAt)
    const result = await mutate('draft.share', {
      ...{ conversationId, text, cc, bcc, attachments, updatedAt, shared },
      ...(rich ? { rich } : {}),
      ...(after ? { after } : {}),
    })
    if (result.ok) edit({ shared })
    return result
  }, [conversationId, edit, keeper])
  /** Goes on with what is shared, with what was begun here behind it. */
  const take = useCallback(
    (from: Shared) => {
      keeper.flush()
      // What comes is to stand here.
      typed.current = false
      return mutate('draft.take', {
        ...{ conversationId, itemId: from.itemId, from: from.pen },
        ...{ pen: uuidv7(), at: stampIn(stamps.current) },
      })
    },
    [conversationId, keeper],
  )
  /** Goes on alone with it. */
  const unshare = useCallback(async () => {
    const shared = latest.current?.shared
    if (!shared) return ok(null)
    keeper.flush()
    // Not saved: the hub's word takes it out of the draft, too.
    const be = (to: Shared | null): void => {
      if (!latest.current) return
      latest.current = { ...latest.current, shared: to }
      setContent(latest.current)
    }
    be(null)
    const result = await mutate('draft.unshare', { conversationId, shared })
    if (!result.ok) be(shared)
    return result
  }, [conversationId, keeper])

  const latestOf = useCallback((): Content => latest.current ?? emptyContent, [])
  return {
    ...{ content, latest: latestOf, edit, reset, flush: keeper.flush, hold, unsaved },
    ...{ share, take, unshare },
  }
}

/** What a draft knows of the one that is written together. */
export interface Together {
  /** Undefined: it is not known yet. Null: there is none. */
  pen: string | null | undefined
  /** @param kept what stands here stays, as one's own */
  lost(kept: boolean): void
}

/** A stamp is also how a draft of ours is known again: no two are alike. */
function stampIn(used: ReadonlySet<number>): number {
  let stamp = now()
  while (used.has(stamp)) stamp++
  return stamp
}

const savedOf = ({
  text,
  rich,
  to,
  cc,
  bcc,
  attachments,
  heldItemId,
  forwards,
  side,
  after,
  shared,
}: Content) => ({
  text,
  ...(rich ? { rich } : {}),
  cc,
  bcc,
  attachments,
  heldItemId,
  ...(forwards ? { forward: { itemId: forwards, to } } : {}),
  ...(forwards && side ? { side } : {}),
  ...(after ? { after } : {}),
  ...(shared ? { shared } : {}),
})

const contentOf = ({
  text,
  rich,
  cc,
  bcc = [],
  attachments,
  heldItemId,
  forward,
  side,
  after,
  shared,
}: Draft): Content => ({
  text,
  // Where the words were changed by somebody who knows no formatting, the words are what was meant.
  rich: rich && plainOf(rich) === text ? rich : null,
  to: forward?.to ?? [],
  cc,
  bcc,
  attachments,
  heldItemId,
  forwards: forward?.itemId ?? null,
  side: side ?? null,
  after: after ?? null,
  shared: shared ?? null,
})
