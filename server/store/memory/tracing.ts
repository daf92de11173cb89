import { type Key, keyOf, type Row } from '#shared/model/row.ts'
import { columnsOf } from '../columns.ts'
import { keptOfConversation, namesIn, type Tracing } from '../tracing.ts'
import type { State } from './state.ts'

/** @param unnamed gets the names that go with the commit */
export function tracingIn(state: State, unnamed: Set<string>): Tracing {
  const rows = (): Row[] => [...state.rows.values()].flatMap(({ key }) => state.row(key) ?? [])
  const keysOf = (found: readonly Row[]): Key[] => found.map(({ type, id }) => ({ type, id }))
  return {
    async belongings(customerIds) {
      const all = rows()
      const children = (ids: ReadonlySet<string>, types: readonly string[]): Row[] =>
        all.filter(({ type, doc }) => types.includes(type) && ids.has(columnsOf(type, doc).parentId ?? ''))
      const own = children(new Set(customerIds), ['conversation', 'identity', 'customer'])
      const conversations = own.filter(({ type }) => type === 'conversation')
      const ends = new Set(
        conversations.flatMap(({ id }) => keptOfConversation.map(({ type, rest }) => `${type} ${id}${rest}`)),
      )
      // `<agent>.<conversation>.<what>`: an agent's id holds no dot.
      const kept = all.filter(({ type, id }) => ends.has(`${type} ${id.slice(id.indexOf('.') + 1)}`))
      return keysOf([...own, ...children(new Set(conversations.map(({ id }) => id)), ['item']), ...kept])
    },
    async namesOf(of) {
      const wanted = new Set(of.map(keyOf))
      return [...state.names].flatMap(([name, keys]) =>
        [...keys.keys()].some(word => wanted.has(word)) ? [name] : [],
      )
    },
    async mentioning(words, files) {
      const small = words.map(word => JSON.stringify(word).slice(1, -1).toLowerCase())
      return keysOf(
        rows().filter(({ type, doc }) => {
          if (type !== 'conversation' && type !== 'item' && type !== 'draft') return false
          const said = namesIn(type, doc)
          const attachments = 'attachments' in doc ? doc.attachments : []
          return (
            small.some(word => said.includes(word)) ||
            attachments.some(({ sha256 }) => files.includes(sha256))
          )
        }),
      )
    },
    async unname(names) {
      for (const name of names) unnamed.add(name)
    },
  }
}
