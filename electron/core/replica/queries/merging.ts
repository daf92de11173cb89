import type { Id } from '#shared/model/base.ts'
import type { Customer } from '#shared/model/customer.ts'
import type { Workspace } from '#shared/model/workspace.ts'
import type { MergeReason } from '#shared/queries/index.ts'
import { questionOf } from '#shared/rules/segment-question.ts'
import { normalise } from '#shared/rules/segment-text.ts'
import { type Answers, docEntry, plainEntry, type QueryContext, shown, shownOf } from './entry.ts'
import { createMerged } from './merged.ts'

const MOST = 5
/** A name that more than so many bear says nothing about who they are. */
const COMMON = 3
/** A surname and one sign more, `王伟`, is borne by hundred thousands. */
const SHORTEST_NAME = 3

/** Of those that hold the same words anywhere; of a number that is one, there are hardly ever more. */
const LOOKED_AT = 50

interface Candidate {
  id: Id
  reason: MergeReason
}

interface DocRow {
  id: Id
  doc: string
}

/** Who is one person (S26), and who may be, with the reasons. A person decides; nothing is merged by itself. */
export function merging({ replica }: QueryContext): Pick<Answers, 'family' | 'mergeSuggestions'> {
  const { db, memberships } = replica
  const merged = createMerged(db)
  const customer = db.prepare<[Id], DocRow>('select id, doc from customer where id = ?')
  const sameAddress = db.prepare<[Id], { customer_id: Id; address: string }>(
    `select distinct o.customer_id, o.address from identity i join identity o on o.address = i.address
     where i.customer_id = ? and o.customer_id <> i.customer_id limit 20`,
  )
  const typed = db
    .prepare<[Id], string>(
      `select distinct doc ->> '$.visit.typedEmail' from conversation
       where customer_id = ? and ${shown} and doc ->> '$.visit.typedEmail' <> ''`,
    )
    .pluck()
  const ofAddress = db
    .prepare<[string], Id>('select distinct customer_id from identity where address = ? limit 20')
    .pluck()
  const ofTyped = db.prepare<[Id], { customer_id: Id; address: string }>(
    `select distinct c.customer_id, i.address from identity i join conversation c
       on lower(c.doc ->> '$.visit.typedEmail') = i.address and c.doc ->> '$.visit.typedEmail' <> ''
     where i.customer_id = ? and i.address <> '' and ${shownOf('c.')} limit 20`,
  )
  const workspace = db.prepare<[], string>('select doc from workspace limit 1').pluck()
  const found = db
    .prepare<[string], string>(
      `select c.doc from customer_text t join customer c on c.rowid = t.rowid where customer_text match ? limit ${LOOKED_AT}`,
    )
    .pluck()
  const ofName = db.prepare<[string, number], Id>('select id from customer where name = ? limit ?').pluck()
  const visible = ({ id }: DocRow): boolean => memberships.visible('customer', id)

  const apartOf = (id: Id): readonly Id[] =>
    (JSON.parse(customer.get(id)?.doc ?? '{}') as Partial<Customer>).apart ?? []

  /** Who has the same in a field that names one customer: found by the search over customers, then compared. */
  function* identified({ id, attributes = {} }: Customer): Generator<Candidate> {
    const known = JSON.parse(workspace.get() ?? '{}') as Partial<Workspace>
    for (const field of known.attributes ?? []) {
      const own = attributes[field.id]
      if (!field.identifies || field.archived || typeof own !== 'string') continue
      const value = normalise(own)
      const question = questionOf(own)
      if (!question || question.tokens.length === 0) continue
      for (const doc of found.all(question.tokens.map(token => `"${token}"`).join(' AND '))) {
        const other = JSON.parse(doc) as Customer
        const theirs = other.attributes?.[field.id]
        if (other.id === id || typeof theirs !== 'string' || normalise(theirs) !== value) continue
        yield { id: other.id, reason: { kind: 'attribute', label: field.label, value: theirs } }
      }
    }
  }

  /** Candidates of one customer, the strongest reason first. */
  function* candidates(id: Id): Generator<Candidate> {
    for (const other of sameAddress.all(id))
      yield { id: other.customer_id, reason: { kind: 'address', address: other.address } }
    const self = JSON.parse(customer.get(id)?.doc ?? '{"name":""}') as Customer
    yield* identified(self)
    for (const address of typed.all(id))
      for (const other of ofAddress.all(address.toLowerCase()))
        yield { id: other, reason: { kind: 'typed', address } }
    for (const other of ofTyped.all(id))
      yield { id: other.customer_id, reason: { kind: 'typed', address: other.address } }
    const { name } = self
    if (name.length < SHORTEST_NAME) return
    const named = ofName.all(name, COMMON + 1)
    if (named.length <= COMMON) for (const other of named) yield { id: other, reason: { kind: 'name' } }
  }

  return {
    family: {
      run: ({ customerId }) =>
        merged
          .family(customerId)
          .flatMap(id => customer.all(id))
          .filter(visible)
          .map(row => docEntry(row)),
    },
    mergeSuggestions: {
      run({ customerId }) {
        const family = merged.family(customerId)
        const found = new Map<Id, MergeReason[]>()
        const own = new Set(family.flatMap(apartOf))
        const isApart = (person: Id): boolean =>
          merged.family(person).some(id => own.has(id) || apartOf(id).some(each => family.includes(each)))
        for (const member of family)
          for (const { id, reason } of candidates(member)) {
            const person = merged.survivor(id)
            if (family.includes(person) || isApart(person)) continue
            const reasons = found.get(person) ?? []
            if (!reasons.some(({ kind }) => kind === reason.kind)) reasons.push(reason)
            found.set(person, reasons)
          }
        return [...found].slice(0, MOST).flatMap(([id, reasons]) =>
          customer
            .all(id)
            .filter(visible)
            .map(({ doc }) => plainEntry(id, { customer: JSON.parse(doc) as Customer, reasons })),
        )
      },
      concerns: ({ customerId }, change) =>
        change.type !== 'conversation' ||
        change.doc === undefined ||
        ('customerId' in change.doc && merged.family(customerId).includes(change.doc.customerId)) ||
        ('visit' in change.doc && Boolean(change.doc.visit?.typedEmail)),
    },
  }
}
