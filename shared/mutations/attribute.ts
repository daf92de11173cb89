import { z } from 'zod'
import { Attribute, Choice } from '../model/attribute.ts'
import { Id } from '../model/base.ts'
import { key } from '../model/row.ts'
import type { Workspace } from '../model/workspace.ts'
import { define, type Mutation, type Rows, refuse, type Verdict } from './mutation.ts'

const administrators: Mutation['roles'] = ['administrator']
const reads = (args: { workspaceId: Id }) => [key('workspace', args.workspaceId)]

/** Changes the list of attributes; `change` gives the new one, or why not. */
function among(
  rows: Rows,
  workspaceId: Id,
  change: (attributes: readonly Attribute[]) => readonly Attribute[] | Verdict,
): Verdict {
  const workspace = rows.get('workspace', workspaceId)
  if (!workspace) return refuse('not-found')
  const next = change(workspace.attributes ?? [])
  if (!Array.isArray(next)) return next as Verdict
  rows.put('workspace', { ...workspace, attributes: next as Workspace['attributes'] & object })
  return undefined
}

/** The same for one of them. */
const one = (rows: Rows, workspaceId: Id, id: Id, change: (attribute: Attribute) => Attribute): Verdict =>
  among(rows, workspaceId, attributes =>
    attributes.some(attribute => attribute.id === id)
      ? attributes.map(attribute => (attribute.id === id ? change(attribute) : attribute))
      : refuse('not-found'),
  )

const MOST = 100

/** Defines something to know about every customer, after all others. */
export const addAttribute = define({
  name: 'attribute.add',
  args: z.object({ workspaceId: Id, attribute: Attribute }),
  roles: administrators,
  reads,
  effect: (rows, { workspaceId, attribute }): Verdict =>
    among(rows, workspaceId, attributes => {
      if (attributes.some(({ id }) => id === attribute.id)) return refuse('exists')
      return attributes.length >= MOST ? refuse('not-possible') : [...attributes, attribute]
    }),
})

/** Another name, other bounds, archived or no longer so. Values that are there stay, whatever the bounds say now. */
export const changeAttribute = define({
  name: 'attribute.change',
  args: z.object({
    workspaceId: Id,
    id: Id,
    set: Attribute.pick({ label: true, min: true, max: true, identifies: true, archived: true }).partial(),
  }),
  roles: administrators,
  reads,
  effect: (rows, { workspaceId, id, set }): Verdict =>
    one(rows, workspaceId, id, attribute => ({
      ...attribute,
      ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
    })),
})

/** Adds an option to a choice, or gives the one with this id another name, or archives it. */
export const putChoice = define({
  name: 'attribute.option',
  args: z.object({ workspaceId: Id, id: Id, option: Choice }),
  roles: administrators,
  reads,
  effect: (rows, { workspaceId, id, option }): Verdict =>
    one(rows, workspaceId, id, attribute => {
      const options = attribute.options ?? []
      const known = options.some(each => each.id === option.id)
      return {
        ...attribute,
        options: known ? options.map(each => (each.id === option.id ? option : each)) : [...options, option],
      }
    }),
})

/** Puts an attribute before another one, or last (null). One that is no longer there is as good as last. */
export const moveAttribute = define({
  name: 'attribute.move',
  args: z.object({ workspaceId: Id, id: Id, before: Id.nullable() }),
  roles: administrators,
  reads,
  effect: (rows, { workspaceId, id, before }): Verdict =>
    among(rows, workspaceId, attributes => {
      const moved = attributes.find(attribute => attribute.id === id)
      if (!moved) return refuse('not-found')
      const others = attributes.filter(attribute => attribute.id !== id)
      const at = others.findIndex(attribute => attribute.id === before)
      return before === id ? attributes : others.toSpliced(at < 0 ? others.length : at, 0, moved)
    }),
})
