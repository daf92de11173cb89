import { describe, expect, it } from 'vitest'
import type { Agent } from '../model/agent.ts'
import type { Draft } from '../model/draft.ts'
import type { RichText } from '../model/rich-text.ts'
import type { Verdict } from './mutation.ts'
import { around, boss, lin, Place, T0, wang } from './testing.ts'

const file = { sha256: 'a'.repeat(64), name: 'photo.jpg', type: 'image/jpeg', size: 4, contentId: null }
const bold = (text: string): RichText => [{ kind: 'paragraph', spans: [{ text, marks: ['bold'] }] }]

const share = (place: Place, text: string, over: object = {}, agent: Agent = lin): Verdict =>
  place.run(agent, 'draft.share', {
    conversationId: 'c1',
    text,
    cc: [],
    attachments: [],
    updatedAt: T0,
    shared: { itemId: 'd1', pen: 'p1' },
    ...over,
  })
const write = (
  place: Place,
  text: string,
  pen: string | null,
  over: object = {},
  agent: Agent = lin,
): Verdict =>
  place.run(agent, 'draft.save', {
    conversationId: 'c1',
    kind: 'reply',
    text,
    cc: [],
    attachments: [],
    heldItemId: null,
    updatedAt: T0 + 1,
    ...(pen ? { shared: { itemId: 'd1', pen } } : {}),
    ...over,
  })
const take = (place: Place, from: string, pen: string, agent: Agent = wang): Verdict =>
  place.run(agent, 'draft.take', { conversationId: 'c1', itemId: 'd1', from, pen, at: T0 + 2 })
const unshare = (place: Place, pen: string, agent: Agent = lin): Verdict =>
  place.run(agent, 'draft.unshare', { conversationId: 'c1', shared: { itemId: 'd1', pen } })
const discard = (place: Place, pen: string, agent: Agent = lin): Verdict =>
  place.run(agent, 'draft.discard', { conversationId: 'c1', kind: 'reply', shared: { itemId: 'd1', pen } })
const send = (place: Place, id: string, text: string, pen: string | null, agent: Agent = lin): Verdict =>
  place.run(agent, 'reply.send', {
    id,
    ...around,
    text,
    to: [{ name: '', address: 'zhao@example.com' }],
    cc: [],
    attachments: [],
    basis: place.basis(agent),
    ...(pen ? { shared: { itemId: 'd1', pen } } : {}),
  })

const item = (place: Place) => place.rows.docs.get('item:d1') as ReturnType<Place['item']> | undefined
const draftOf = (place: Place, agent: Agent): Draft | undefined =>
  place.rows.docs.get(`draft:${agent.id}.c1.reply`) as Draft | undefined

describe('an answer that is written together', () => {
  it('is a note of its conversation that everybody of the inbox sees grow', () => {
    const place = new Place()
    expect(share(place, 'Dear', { cc: ['cy@example.com'], attachments: [file] })).toBeUndefined()
    expect(item(place)).toMatchObject({
      kind: 'note',
      direction: 'internal',
      seq: 2,
      text: 'Dear',
      attachments: [file],
      draft: { writerId: 'lin', pen: 'p1', cc: ['cy@example.com'] },
    })
    expect(place.conversation).toMatchObject({ lastSeq: 2, sharedDraft: { itemId: 'd1', writerId: 'lin' } })
    expect(place.conversation.waitingSince).toBe(T0)
    write(place, 'Dear Mr Zhao', 'p1', { rich: bold('Dear Mr Zhao') })
    expect(item(place)).toMatchObject({ text: 'Dear Mr Zhao', rich: bold('Dear Mr Zhao') })
    write(place, 'plain again', 'p1')
    expect(item(place)?.rich).toBeUndefined()
    expect(draftOf(place, lin)).toMatchObject({ text: 'plain again', shared: { itemId: 'd1', pen: 'p1' } })
  })

  it('is one of a conversation: who shares second is told whose there is, and keeps the words', () => {
    const place = new Place()
    share(place, 'Dear')
    write(place, 'mine', null, {}, wang)
    expect(share(place, 'mine', { shared: { itemId: 'd2', pen: 'p2' } }, wang)).toEqual({
      kind: 'refused',
      code: 'taken',
      params: { agentId: 'lin' },
    })
    expect(draftOf(place, wang)?.text).toBe('mine')
  })

  it('goes over to whoever takes it, with formatting, files and copies, before what they had begun', () => {
    const place = new Place()
    share(place, 'Dear', { rich: bold('Dear'), cc: ['cy@example.com'], attachments: [file] })
    write(place, 'my own\n\nbeginning', null, {}, wang)
    expect(take(place, 'p1', 'p2')).toBeUndefined()
    const words = {
      text: 'Dear\n\nmy own\n\nbeginning',
      attachments: [file],
      rich: [
        ...bold('Dear'),
        { kind: 'paragraph', spans: [] },
        { kind: 'paragraph', spans: [{ text: 'my own' }] },
        { kind: 'paragraph', spans: [] },
        { kind: 'paragraph', spans: [{ text: 'beginning' }] },
      ],
    }
    expect(draftOf(place, wang)).toMatchObject({
      ...words,
      cc: ['cy@example.com'],
      shared: { itemId: 'd1', pen: 'p2' },
    })
    expect(item(place)).toMatchObject({ ...words, draft: { writerId: 'wang', pen: 'p2' } })
    expect(place.conversation.sharedDraft).toEqual({ itemId: 'd1', writerId: 'wang' })
  })

  it('what is written with an older pen stays with its author and changes nothing for others', () => {
    const place = new Place()
    share(place, 'Dear')
    take(place, 'p1', 'p2')
    expect(write(place, 'Dear, offline', 'p1')).toBeUndefined()
    expect(draftOf(place, lin)).toMatchObject({ text: 'Dear, offline' })
    expect(draftOf(place, lin)?.shared).toBeUndefined()
    expect(item(place)?.text).toBe('Dear')
  })

  it('of two who take it at once the first has it', () => {
    const place = new Place()
    share(place, 'Dear')
    expect(take(place, 'p1', 'p2')).toBeUndefined()
    expect(take(place, 'p1', 'p3', boss)).toEqual({
      kind: 'refused',
      code: 'taken',
      params: { agentId: 'wang' },
    })
  })

  it('I2: is sent once: with an older pen, or a second time from another desk, it is refused', () => {
    const place = new Place()
    share(place, 'Dear')
    take(place, 'p1', 'p2')
    expect(send(place, 'r1', 'Dear', 'p1')).toEqual({
      kind: 'refused',
      code: 'taken',
      params: { agentId: 'wang' },
    })
    expect(send(place, 'r2', 'Dear', 'p2', wang)).toBeUndefined()
    expect(item(place)).toBeUndefined()
    expect(place.conversation.sharedDraft).toBeUndefined()
    expect(draftOf(place, wang)).toBeUndefined()
    expect(send(place, 'r3', 'Dear', 'p2', wang)).toMatchObject({ code: 'not-possible' })
    expect(place.item('r1')).toBeUndefined()
    expect(place.item('r2').text).toBe('Dear')
    expect(place.item('r3')).toBeUndefined()
  })

  it('one that is held when it is sent is no draft any more: it is a held reply, which all see as well', () => {
    const place = new Place()
    share(place, 'Dear')
    const basis = place.basis(lin)
    place.change({ lastReply: { seq: 3, at: T0 + 1, agentId: 'wang' }, lastSeq: 3 })
    const verdict = place.run(lin, 'reply.send', {
      id: 'r1',
      ...around,
      text: 'Dear',
      to: [{ name: '', address: 'zhao@example.com' }],
      cc: [],
      attachments: [],
      basis,
      shared: { itemId: 'd1', pen: 'p1' },
    })
    expect(verdict).toMatchObject({ kind: 'held' })
    expect(item(place)).toBeUndefined()
    expect(place.conversation.sharedDraft).toBeUndefined()
  })

  it('its writer goes on alone, or throws it away; nobody else does', () => {
    const place = new Place()
    share(place, 'Dear')
    expect(unshare(place, 'p1', wang)).toMatchObject({ code: 'taken' })
    expect(discard(place, 'p1', wang)).toBeUndefined()
    expect(item(place)).toBeDefined()
    expect(unshare(place, 'p1')).toBeUndefined()
    expect(item(place)).toBeUndefined()
    expect(draftOf(place, lin)).toMatchObject({ text: 'Dear' })
    expect(draftOf(place, lin)?.shared).toBeUndefined()
    share(place, 'Dear', { shared: { itemId: 'd1', pen: 'p4' } })
    discard(place, 'p4')
    expect(item(place)).toBeUndefined()
    expect(draftOf(place, lin)).toBeUndefined()
    expect(place.conversation.sharedDraft).toBeUndefined()
  })

  it('nobody writes with a pen that they have only seen, nor into another conversation', () => {
    const place = new Place()
    share(place, 'Dear')
    write(place, 'not mine', 'p1', {}, wang)
    write(place, 'elsewhere', 'p1', { conversationId: 'c2' })
    expect(item(place)?.text).toBe('Dear')
    expect(send(place, 'r1', 'Dear', 'p1', wang)).toMatchObject({ code: 'taken' })
  })

  it('a held reply that is being edited is not mixed up with it', () => {
    const place = new Place()
    share(place, 'Dear')
    write(place, 'held', null, { heldItemId: 'r9' }, wang)
    expect(take(place, 'p1', 'p2')).toMatchObject({ code: 'not-possible' })
    expect(draftOf(place, wang)?.text).toBe('held')
  })

  it('whoever takes back what they left behind does not have it twice', () => {
    const place = new Place()
    share(place, 'Dear')
    take(place, 'p1', 'p2')
    write(place, 'Dear Mr Zhao', 'p2', {}, wang)
    take(place, 'p2', 'p3', lin)
    expect(draftOf(place, lin)?.text).toBe('Dear Mr Zhao')
  })
})
