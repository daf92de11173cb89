import type { Node as DocumentNode } from '@tiptap/pm/model'
import { Fragment, type Schema, Slice } from '@tiptap/pm/model'
import { type EditorState, NodeSelection, Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { Node } from '@tiptap/react'
import { composes, type PictureSource } from '../words-field.ts'
import { places } from './places.ts'
import { resized, type Size } from './size.ts'

export interface PictureNode extends Size {
  contentId: string
  /** What is read where it is not seen. */
  words: string
}

/** A picture may come a little later than the words: from the hub, from one's other desk. Milliseconds. */
const AGAIN = 5000

declare module '@tiptap/core' {
  interface Storage {
    picture: {
      /** Goes to its words; set by who shows them. */
      edit: () => void
    }
  }
}

/**
 * A picture in the words: one letter to the caret. In a copy it is named by its Content-ID only, so what is pasted can show no file but
 * those of this very message.
 * @param source where its bytes are; undefined: this field takes no pictures
 */
export const pictureNode = (source: () => PictureSource | undefined) =>
  Node.create({
    name: 'picture',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    addStorage: () => ({ edit: () => {} }),
    addAttributes: () => ({
      contentId: read('', image => image.getAttribute('data-picture') ?? ''),
      words: read('', image => image.getAttribute('alt') ?? ''),
      width: read(1, image => Number(image.getAttribute('width')) || 1),
      height: read(1, image => Number(image.getAttribute('height')) || 1),
    }),
    parseHTML: () => [{ tag: 'img[data-picture]' }],
    renderHTML({ node: { attrs } }) {
      const { contentId, words, width, height } = attrs
      return ['img', { 'data-picture': contentId, alt: words, width, height }]
    },
    renderText: ({ node }) => `[${node.attrs.words}]`,
    addNodeView:
      () =>
      ({ node }) =>
        viewOf(node, source),
    addProseMirrorPlugins() {
      const { storage } = this
      return [
        places(),
        new Plugin({
          props: {
            handleKeyDown: (view, event) => pressed(view, event, () => storage.edit()),
            handleTextInput: view => behind(view),
            handleDOMEvents: { compositionstart: view => behind(view) },
            transformPasted: (slice, view) =>
              new Slice(
                onlyKnown(slice.content, view.state.schema, source()),
                slice.openStart,
                slice.openEnd,
              ),
          },
        }),
      ]
    },
  })

const read = <Value>(instead: Value, parseHTML: (image: HTMLElement) => Value) => ({
  default: instead,
  rendered: false,
  parseHTML,
})

/** The picture that is chosen, and where. */
export function chosenPicture({ selection }: EditorState): { at: number; picture: PictureNode } | null {
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'picture') return null
  return { at: selection.from, picture: selection.node.attrs as PictureNode }
}

/** Changes the one that is chosen; it stays chosen. */
export function changePicture(view: EditorView, change: Partial<PictureNode>): void {
  const chosen = chosenPicture(view.state)
  if (!chosen) return
  const tr = view.state.tr.setNodeMarkup(chosen.at, null, { ...chosen.picture, ...change })
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, chosen.at)))
}

function pressed(view: EditorView, event: KeyboardEvent, edit: () => void): boolean {
  const chosen = chosenPicture(view.state)
  if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return false
  // Before an input method begins: what it writes comes behind it.
  if (composes(event)) return behind(view)
  if (event.key === 'Enter') {
    edit()
    return true
  }
  const step = event.key === '+' || event.key === '=' ? 1 : event.key === '-' ? -1 : null
  if (!step) return false
  const size = resized(chosen.picture, step)
  if (size) changePicture(view, size)
  return true
}

/** What is typed while a picture is chosen comes behind it, and not in its place. @returns false: it is still to be typed */
function behind(view: EditorView): boolean {
  const chosen = chosenPicture(view.state)
  if (chosen) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, chosen.at + 1)))
  return false
}

/** A picture of another message is its words. */
function onlyKnown(content: Fragment, schema: Schema, source: PictureSource | undefined): Fragment {
  const nodes: DocumentNode[] = []
  content.forEach(node => {
    if (node.type.name === 'picture' && !source?.knows(node.attrs.contentId))
      nodes.push(schema.text(`[${node.attrs.words}]`))
    else nodes.push(node.isLeaf ? node : node.copy(onlyKnown(node.content, schema, source)))
  })
  return Fragment.from(nodes)
}

function viewOf(first: DocumentNode, source: () => PictureSource | undefined): NodeView {
  const dom = document.createElement('span')
  dom.className = 'word-picture'
  const image = document.createElement('img')
  image.draggable = false
  let { contentId } = first.attrs as PictureNode
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  const show = async (): Promise<void> => {
    const asked = contentId
    const url = await source()?.url(asked)
    if (gone || asked !== contentId) return
    if (!url) {
      timer = setTimeout(() => void show(), AGAIN)
      return
    }
    image.src = url
    dom.replaceChildren(image)
  }
  const draw = (node: DocumentNode): void => {
    const { words, width, height } = node.attrs as PictureNode
    dom.style.width = `${width}px`
    dom.style.aspectRatio = `${width} / ${height}`
    image.alt = words
    image.title = words
    if (!image.src) dom.textContent = words
  }
  draw(first)
  void show()
  return {
    dom,
    update(node) {
      if (node.type !== first.type) return false
      if (node.attrs.contentId !== contentId) {
        contentId = node.attrs.contentId
        image.removeAttribute('src')
        clearTimeout(timer)
        void show()
      }
      draw(node)
      return true
    },
    ignoreMutation: () => true,
    destroy() {
      gone = true
      clearTimeout(timer)
    },
  }
}
