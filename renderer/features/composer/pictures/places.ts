import { closeHistory } from '@tiptap/pm/history'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Editor } from '@tiptap/react'
import type { PictureNode } from './node.ts'

/** Where pictures will stand that are still being read: marked in the words, and moved along by whatever is typed meanwhile. */
export interface PicturePlace {
  /** Puts a picture there, in a step of its own; the next comes behind it. @returns false: the field has gone */
  put(picture: PictureNode): boolean
  /** No more will come. */
  release(): void
}

type Change = { id: object; at: number | null }
const key = new PluginKey<DecorationSet>('picture-places')

export const places = (): Plugin =>
  new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before) {
        const set = before.map(tr.mapping, tr.doc)
        const change = tr.getMeta(key) as Change | undefined
        if (!change) return set
        const { id, at } = change
        const without = set.remove(set.find(undefined, undefined, spec => spec.id === id))
        return at === null
          ? without
          : // Before what is typed at the same spot afterwards.
            without.add(tr.doc, [Decoration.widget(at, drawn, { id, side: -1 })])
      },
    },
    props: { decorations: state => key.getState(state) },
  })

const drawn = (): HTMLElement => {
  const mark = document.createElement('span')
  mark.className = 'comp-picture-place'
  return mark
}

/** Holds the place at the caret. */
export function placeIn(editor: Editor): PicturePlace {
  const id = {}
  const mark = (at: number | null): void => {
    if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, { id, at }))
  }
  const where = (state: EditorState): number =>
    // Where the words were changed from outside, the place went with them.
    key.getState(state)?.find(undefined, undefined, spec => spec.id === id)[0]?.from ?? state.selection.to
  mark(editor.state.selection.to)
  return {
    put(picture) {
      if (editor.isDestroyed) return false
      const { state, view } = editor
      const { picture: type, paragraph } = state.schema.nodes
      if (!type || !paragraph) return false
      const at = where(state)
      const place = state.doc.resolve(at)
      const node = type.create(picture)
      const tr = closeHistory(state.tr)
      // Code takes no pictures: then below it.
      const fits = place.parent.canReplaceWith(place.index(), place.index(), type)
      if (fits) tr.insert(at, node)
      else tr.insert(place.after(), paragraph.create(null, node))
      const end = fits ? at + 1 : place.after() + 2
      view.dispatch(tr.setMeta(key, { id, at: end }))
      view.dispatch(closeHistory(view.state.tr))
      if (view.hasFocus()) view.dispatch(view.state.tr.scrollIntoView())
      return true
    },
    release: () => mark(null),
  }
}
