/** Places in an address or a body that stand for the customer: `{email}`, `{phone}`, `{externalId}`, `{customerId}`. */
import type { Subject } from '../connector.ts'

const PLACE = /\{(email|phone|externalId|customerId)\}/g
type Place = 'email' | 'phone' | 'externalId' | 'customerId'

/** One value for each place that is there. */
export type Filling = Readonly<Partial<Record<Place, string>>>

/** Requests for one customer. */
const MOST = 5

/** A stand-in, to see whether what remains is of its form. */
export const fillable = (template: string): string => template.replace(PLACE, 'x')

/**
 * Every way to fill the places with what is known of somebody, at most five; none: something is needed that is not known. What would
 * lead up a path is not a value.
 */
export function fillings(templates: readonly string[], subject: Subject): Filling[] {
  const places = [
    ...new Set(templates.flatMap(text => [...text.matchAll(PLACE)].map(([, place]) => place as Place))),
  ]
  const known: Record<Place, readonly string[]> = {
    email: subject.emails,
    phone: subject.phones,
    externalId: subject.externalIds,
    customerId: [subject.customerId],
  }
  let all: Filling[] = [{}]
  for (const place of places) {
    const values = known[place].filter(value => !/^\.{0,2}$/.test(value.trim()))
    all = all.flatMap(filling => values.map(value => ({ ...filling, [place]: value }))).slice(0, MOST)
  }
  return all
}

export const inAddress = (template: string, filling: Filling): string =>
  template.replace(PLACE, (_, place: Place) =>
    encodeURIComponent(filling[place] ?? '').replaceAll("'", '%27'),
  )

/** Inside a string of JSON. */
export const inJson = (template: string, filling: Filling): string =>
  template.replace(PLACE, (_, place: Place) => JSON.stringify(filling[place] ?? '').slice(1, -1))
