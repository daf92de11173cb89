import { describe, expect, it } from 'vitest'
import type { Basis, HoldKind, HoldReason } from '../model/hold.ts'
import type { Item } from '../model/item.ts'
import { pictureSpan } from '../rules/pictures.ts'
import type { Verdict } from './mutation.ts'
import { boss, lin, Place, T0, wang } from './testing.ts'

const MINUTE = 60_000

const kinds = (verdict: Verdict): string[] =>
  verdict?.kind === 'held' ? verdict.reasons.map(reason => reason.kind) : [verdict?.kind ?? 'done']

/** What happens between writing and arrival, for each reason of S21. */
const staleBy: { kind: HoldKind; offline: boolean; happens(place: Place): void }[] = [
  {
    kind: 'answered',
    offline: false,
    happens: place => void place.reply(wang, 'w1', '王芳已经回复', place.basis(wang)),
  },
  {
    kind: 'closed',
    offline: false,
    happens: place => void place.run(wang, 'conversation.close', { conversationId: 'c1', at: place.now }),
  },
  {
    kind: 'merged',
    offline: false,
    happens: place =>
      place.set('customer', { ...place.rows.docs.get('customer:zhao')!, mergedInto: 'other' } as never),
  },
  { kind: 'moved', offline: false, happens: place => place.change({ inboxId: 'sales' }) },
  {
    kind: 'reassigned',
    offline: false,
    happens: place => void place.run(wang, 'conversation.claim', { conversationId: 'c1', at: place.now }),
  },
  {
    kind: 'window-closed',
    offline: false,
    happens: place => {
      place.set('channel', { ...place.rows.docs.get('channel:email')!, replyWindow: 60 * MINUTE } as never)
      place.now += 61 * MINUTE
    },
  },
  {
    kind: 'too-old',
    offline: true,
    happens: place => {
      place.now += 121 * MINUTE
    },
  },
  {
    kind: 'wrote-again',
    offline: true,
    happens: place => {
      const { lastSeq } = place.conversation
      place.change({ lastSeq: lastSeq + 1, lastInbound: { seq: lastSeq + 1, at: place.now } })
    },
  },
]

/** A place in which Lin wrote `r1` before `stale` happened and which arrives after it. */
function held(stale: (typeof staleBy)[number]): { place: Place; verdict: Verdict } {
  const place = new Place()
  const basis = place.basis(lin, { offline: stale.offline })
  stale.happens(place)
  return { place, verdict: place.reply(lin, 'r1', '三台控制器可以免费更换', basis) }
}

/** What a desk sees that looks at the conversation now. */
const freshBasis = (place: Place): Basis =>
  place.basis(lin, {
    customerId:
      (place.rows.docs.get('customer:zhao') as { mergedInto: string | null }).mergedInto ??
      place.conversation.customerId,
  })

describe('S21 a stale reply is held, not sent', () => {
  it('sends a reply when nothing has changed since it was written', () => {
    const place = new Place()
    expect(place.reply(lin, 'r1', '好的', place.basis())).toBeUndefined()
    expect(place.state('r1')).toBe('queued')
    expect(place.conversation.waitingSince).toBeNull()
  })

  it.each(staleBy)('holds it when: $kind', stale => {
    const { place, verdict } = held(stale)
    expect(kinds(verdict)).toEqual([stale.kind])
    expect(place.state('r1')).toBe('held')
    expect(place.item('r1').holdReasons.map((reason: HoldReason) => reason.kind)).toEqual([stale.kind])
    expect(place.conversation.held.map(entry => entry.itemId)).toEqual(['r1'])
    expect(place.leaving).not.toContain('三台控制器可以免费更换')
  })

  it.each(staleBy.filter(({ kind }) => kind !== 'window-closed'))(
    '$kind: send anyway sends it as written, under the same id',
    stale => {
      const { place } = held(stale)
      expect(place.release(lin, 'r1', undefined, freshBasis(place))).toBeUndefined()
      expect(place.state('r1')).toBe('queued')
      expect(place.leaving.at(-1)).toBe('三台控制器可以免费更换')
      expect(place.conversation.held).toEqual([])
      expect(place.item('r1').seq).toBe(place.conversation.lastSeq)
    },
  )

  it('window-closed: send anyway cannot open the window, the reply stays held', () => {
    const { place } = held(staleBy.find(({ kind }) => kind === 'window-closed')!)
    expect(kinds(place.release(lin, 'r1'))).toEqual(['window-closed'])
    expect(place.state('r1')).toBe('held')
  })

  it.each(staleBy.filter(({ kind }) => kind !== 'window-closed'))(
    '$kind: edit sends the new words under the same id',
    stale => {
      const { place } = held(stale)
      expect(place.release(lin, 'r1', '更正：两台', freshBasis(place))).toBeUndefined()
      expect(place.item('r1').text).toBe('更正：两台')
      expect(place.leaving.at(-1)).toBe('更正：两台')
    },
  )

  it.each(staleBy)('$kind: discard sends nothing and keeps the words', stale => {
    const { place } = held(stale)
    expect(place.discard(lin, 'r1')).toBeUndefined()
    expect(place.state('r1')).toBe('discarded')
    expect(place.item('r1').text).toBe('三台控制器可以免费更换')
    expect(place.leaving).not.toContain('三台控制器可以免费更换')
    expect(place.conversation.held).toEqual([])
  })

  it.each(staleBy.filter(({ offline }) => offline))('$kind does not hold a reply written online', stale => {
    const place = new Place()
    const basis = place.basis(lin, { offline: false })
    stale.happens(place)
    expect(place.reply(lin, 'r1', '好的', basis)).toBeUndefined()
  })

  it('holds a released reply again when something changed after that look', () => {
    const { place } = held(staleBy[0]!)
    const look = place.basis()
    place.reply(wang, 'w2', '还有一件事', place.basis(wang))
    expect(kinds(place.release(lin, 'r1', undefined, look))).toEqual(['answered'])
    expect(place.state('r1')).toBe('held')
  })

  it("does not hold one's own second reply", () => {
    const place = new Place()
    const basis = place.basis(lin, { offline: true })
    place.reply(lin, 'r1', '一', basis)
    expect(place.reply(lin, 'r2', '二', basis)).toBeUndefined()
    expect(place.leaving).toEqual(['一', '二'])
  })
})

describe('S22 a hold also holds what its author did next', () => {
  function twoHeldAndClosed(): Place {
    const { place } = held(staleBy[0]!)
    place.reply(lin, 'r2', '另外请寄回旧件', place.basis())
    place.run(lin, 'conversation.close', { conversationId: 'c1', at: place.now })
    return place
  }

  it('holds later replies and the change of status', () => {
    const place = twoHeldAndClosed()
    expect(place.state('r2')).toBe('held')
    expect(place.item('r2').holdReasons).toEqual([{ kind: 'earlier-held', itemId: 'r1' }])
    expect(place.conversation.status).toBe('open')
    expect(place.conversation.held.map(entry => entry.along.map(({ to }) => to))).toEqual([[], ['closed']])
  })

  it('lets colleagues go on', () => {
    const place = twoHeldAndClosed()
    expect(
      place.run(wang, 'conversation.snooze', { conversationId: 'c1', at: T0, until: T0 + 1 }),
    ).toBeUndefined()
    expect(place.conversation.status).toBe('snoozed')
  })

  it('send anyway sends both in order and then closes', () => {
    const place = twoHeldAndClosed()
    expect(place.release(lin, 'r1')).toBeUndefined()
    expect(place.leaving.slice(-2)).toEqual(['三台控制器可以免费更换', '另外请寄回旧件'])
    expect(place.conversation.status).toBe('closed')
    expect(place.conversation.held).toEqual([])
  })

  it('edit sends the new words, then the later reply, then closes', () => {
    const place = twoHeldAndClosed()
    place.release(lin, 'r1', '更正')
    expect(place.leaving.slice(-2)).toEqual(['更正', '另外请寄回旧件'])
    expect(place.conversation.status).toBe('closed')
  })

  it('a later reply cannot overtake the one it waits for', () => {
    const place = twoHeldAndClosed()
    expect(kinds(place.release(lin, 'r2'))).toEqual(['refused'])
    expect(place.state('r2')).toBe('held')
  })

  it('discard keeps the later reply held for a look of its own, with the change of status', () => {
    const place = twoHeldAndClosed()
    place.discard(lin, 'r1')
    expect(place.state('r2')).toBe('held')
    expect(place.item('r2').holdReasons).toEqual([{ kind: 'earlier-discarded' }])
    expect(place.conversation.status).toBe('open')
    expect(place.release(lin, 'r2')).toBeUndefined()
    expect(place.conversation.status).toBe('closed')
  })

  it('discarding the later reply leaves the change of status with the earlier one', () => {
    const place = twoHeldAndClosed()
    place.discard(lin, 'r2')
    expect(place.conversation.held.map(entry => entry.along.map(({ to }) => to))).toEqual([['closed']])
    place.release(lin, 'r1')
    expect(place.conversation.status).toBe('closed')
    expect(place.state('r2')).toBe('discarded')
  })

  it('discarding the only reply gives up the change of status', () => {
    const { place } = held(staleBy[0]!)
    place.run(lin, 'conversation.close', { conversationId: 'c1', at: place.now })
    place.discard(lin, 'r1')
    expect(place.conversation.status).toBe('open')
    expect(place.conversation.held).toEqual([])
  })

  it('another agent may not decide, a supervisor may, and may take it over', () => {
    const { place } = held(staleBy[0]!)
    expect(kinds(place.release(wang, 'r1'))).toEqual(['refused'])
    expect(kinds(place.discard(wang, 'r1'))).toEqual(['refused'])
    expect(place.run(boss, 'reply.take-over', { itemId: 'r1', conversationId: 'c1', at: T0 })).toBeUndefined()
    expect(place.conversation.held[0]?.agentId).toBe('boss')
    expect(place.release(boss, 'r1')).toBeUndefined()
  })
})

describe('S18 what nobody knows is decided by a person', () => {
  function withDelivery(state: 'uncertain' | 'failed' | 'sent'): Place {
    const place = new Place()
    place.reply(lin, 'r1', '好的', place.basis())
    const item = place.item('r1')
    place.set('item', {
      ...item,
      delivery: {
        ...item.delivery!,
        state,
        recipients: [
          { address: 'a@example.com', state: 'sent', reason: null },
          { address: 'b@example.com', state, reason: null },
        ],
      },
    } as Item)
    return place
  }
  const resolve = (place: Place, as: 'send-again' | 'arrived') =>
    place.run(lin, 'delivery.resolve', { itemId: 'r1', conversationId: 'c1', as, at: T0 })

  it('send again queues only those who do not have it', () => {
    const place = withDelivery('uncertain')
    expect(resolve(place, 'send-again')).toBeUndefined()
    expect(place.item('r1').delivery?.recipients.map(({ state }) => state)).toEqual(['sent', 'queued'])
    expect(place.state('r1')).toBe('queued')
  })

  it('it arrived: nothing is sent', () => {
    const place = withDelivery('uncertain')
    expect(resolve(place, 'arrived')).toBeUndefined()
    expect(place.state('r1')).toBe('sent')
  })

  it('a failed one can be sent again but not declared arrived, a sent one neither', () => {
    expect(kinds(resolve(withDelivery('failed'), 'arrived'))).toEqual(['refused'])
    expect(kinds(resolve(withDelivery('failed'), 'send-again'))).toEqual(['done'])
    expect(kinds(resolve(withDelivery('sent'), 'send-again'))).toEqual(['refused'])
  })
})

describe('an answer that is only a file', () => {
  const photo = {
    sha256: 'a'.repeat(64),
    name: '车架 frame.png',
    type: 'image/png',
    size: 9,
    contentId: null,
  }

  it('is an answer; lists show the name of the file, until there are words again', () => {
    const place = new Place()
    expect(place.reply(lin, 'r1', ' ', place.basis(lin), [photo])).toBeUndefined()
    expect(place.item('r1')).toMatchObject({ text: '', attachments: [photo] })
    expect(place.conversation).toMatchObject({ preview: photo.name, previewFile: true, waitingSince: null })
    place.reply(lin, 'r2', 'As you see', place.basis(lin), [photo])
    expect(place.conversation.preview).toBe('As you see')
    expect(place.conversation).not.toHaveProperty('previewFile')
  })

  it('with a picture in its words names the file by it; a file that no picture shows is one like any other', () => {
    const place = new Place()
    const picture = { contentId: 'one@picture', width: 320, height: 180 }
    const rich = [{ kind: 'paragraph' as const, spans: [pictureSpan('the frame', picture)] }]
    const files = ['one@picture', 'taken-out@picture'].map(contentId => ({ ...photo, contentId }))
    place.reply(lin, 'r1', 'what an older desk would show', place.basis(lin), files, rich)
    const { text, attachments } = place.item('r1')
    expect(text).toBe('[the frame]')
    expect(attachments.map(({ contentId }) => contentId)).toEqual(['one@picture', null])
  })

  it('needs the file: without words and file there is nothing to send', () => {
    const place = new Place()
    expect(() => place.reply(lin, 'r1', ' ', place.basis(lin))).toThrow()
  })
})

describe('S15 claims are decided by the hub', () => {
  it('the first wins, the second is told who has it', () => {
    const place = new Place()
    expect(place.run(lin, 'conversation.claim', { conversationId: 'c1', at: T0 })).toBeUndefined()
    expect(place.run(wang, 'conversation.claim', { conversationId: 'c1', at: T0 })).toEqual({
      kind: 'refused',
      code: 'taken',
      params: { agentId: 'lin' },
    })
    expect(place.conversation.assigneeId).toBe('lin')
  })

  it('an order given on an old view moves nothing', () => {
    const place = new Place()
    place.run(wang, 'conversation.claim', { conversationId: 'c1', at: T0 })
    const verdict = place.run(boss, 'conversation.assign', {
      conversationId: 'c1',
      agentId: 'lin',
      from: null,
      at: T0,
    })
    expect(verdict).toMatchObject({ kind: 'refused', code: 'taken' })
  })
})
