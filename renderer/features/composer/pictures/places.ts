import { closeHistory } from '@tiptap/pm/history'
import { type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
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

/** Where the caret is to be seen: the editor hears of a key that moved it a moment later, and a paste may be faster. */
function selectionShown(view: EditorView): TextSelection | null {
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = document.getSelection() ?? {}
  if (!(view.state.selection instanceof TextSelection) || !anchorNode || !focusNode) return null
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null
  const { doc } = view.state
  const anchor = doc.resolve(view.posAtDOM(anchorNode, anchorOffset))
  const head = doc.resolve(view.posAtDOM(focusNode, focusOffset))
  return anchor.parent.inlineContent && head.parent.inlineContent ? new TextSelection(anchor, head) : null
}

/** Holds the place at the caret. */
export function placeIn(editor: Editor): PicturePlace {
  const id = {}
  const mark = (at: number | null, tr = editor.state.tr): void => {
    if (!editor.isDestroyed) editor.view.dispatch(tr.setMeta(key, { id, at }))
  }
  const where = (state: EditorState): number =>
    // Where the words were changed from outside, the place went with them.
    key.getState(state)?.find(undefined, undefined, spec => spec.id === id)[0]?.from ?? state.selection.to
  const { tr } = editor.state
  const shown = selectionShown(editor.view)
  if (shown) tr.setSelection(shown)
  mark(tr.selection.to, tr)
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
