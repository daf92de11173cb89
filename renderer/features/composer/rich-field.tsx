import { closeHistory } from '@tiptap/pm/history'
import { Slice } from '@tiptap/pm/model'
import { EditorState, Selection, TextSelection } from '@tiptap/pm/state'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { LINK } from '#shared/model/rich-text.ts'
import { holesIn } from '#shared/rules/variables.ts'
import { isMeant, isUsual } from '../../app/keys/use-key.ts'
import '../timeline/rich-words.css'
import './marked-words.css'
import { formatKeys } from './format-keys.ts'
import { markedWords, wordsOfNode } from './marked-words.ts'
import { mendPasted, plainSlice } from './paste.ts'
import { pictureNode } from './pictures/node.ts'
import { placeIn } from './pictures/places.ts'
import { documentOf, wordsOf } from './rich-document.ts'
import { composes, type WordsField, type WordsProps } from './words-field.ts'

const kit = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    trailingNode: false,
    gapcursor: false,
    link: { openOnClick: false, defaultProtocol: 'https', isAllowedUri: url => LINK.test(url) },
  }),
]

const listedBy = (list: WordsProps['list']): Record<string, string> => ({
  ...(list ? { 'aria-controls': list.id } : {}),
  ...(list?.active ? { 'aria-activedescendant': list.active } : {}),
})

/**
 * Words with formatting. The field is the truth while it is typed in: what comes from outside is taken over only when it is not what
 * the field said last, and then there is nothing to undo, for the words that were there have gone.
 */
export function RichField({
  ref,
  onEditor,
  ...props
}: WordsProps & { ref: Ref<WordsField>; onEditor: (editor: Editor | null) => void }) {
  const { value, placeholder, readOnly } = props
  const latest = useRef(props)
  latest.current = props
  const said = useRef(value)
  const [extensions] = useState(() => [
    ...kit,
    pictureNode(() => latest.current.pictures),
    markedWords(text => latest.current.marks(text)),
  ])
  const editor = useEditor({
    extensions,
    content: documentOf(value),
    editable: !readOnly,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    coreExtensionOptions: { clipboardTextSerializer: { blockSeparator: '\n' } },
    editorProps: {
      attributes: () => ({
        class: 'comp-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': latest.current.label,
        'aria-autocomplete': 'list',
        ...listedBy(latest.current.list),
        'data-column-entry': '',
        spellcheck: 'true',
      }),
      handleDOMEvents: {
        keydown(_view, event) {
          if (!composes(event) && latest.current.onKey(event)) {
            event.preventDefault()
            return true
          }
          // What the desk means is left to it. What was given up for other keys does nothing, neither here nor in the browser.
          if (isMeant(event)) return true
          if (!isUsual(formatKeys, event)) return event.key === 'Escape'
          event.preventDefault()
          return true
        },
        compositionend() {
          // When the words of the composition stand in the document.
          setTimeout(() => latest.current.onCaret(true))
        },
      },
      handlePaste: (_view, event) => latest.current.onPaste(event.clipboardData),
      handleDrop(view, event) {
        if ((event.dataTransfer?.files.length ?? 0) === 0) return false
        // The composer takes them; pictures stand where they were dropped.
        const point = view.posAtCoords({ left: event.clientX, top: event.clientY })
        if (point && latest.current.pictures) {
          const { doc, tr } = view.state
          view.dispatch(tr.setSelection(Selection.near(doc.resolve(point.pos))))
          view.focus()
        }
        return true
      },
      clipboardTextParser: (text, _context, _plain, view) => plainSlice(text, view.state.schema),
      transformPastedHTML: mendPasted,
    },
    onUpdate({ editor: { state } }) {
      said.current = wordsOf(state.doc.toJSON())
      latest.current.onChange(said.current)
    },
    onTransaction({ editor: { view }, transaction }) {
      if (!view.composing) latest.current.onCaret(transaction.docChanged)
    },
    onBlur({ editor: { state } }) {
      latest.current.caretPlace?.leave(said.current.text.length, state.selection.to)
      latest.current.onBlur()
    },
  })

  useEffect(() => {
    if (value.text === said.current.text && value.rich === said.current.rich) return
    said.current = { text: value.text, rich: value.rich }
    const doc = editor.schema.nodeFromJSON(documentOf(value))
    const { plugins } = editor.state
    editor.view.updateState(EditorState.create({ doc, plugins, selection: Selection.atEnd(doc) }))
  }, [editor, value])
  // Each of these draws all words again, and most fields come as they are to be.
  useEffect(() => {
    if (editor.isEditable === readOnly) editor.setEditable(!readOnly, false)
  }, [editor, readOnly])
  const named = `${props.list?.id} ${props.list?.active}`
  const shown = useRef(named)
  useEffect(() => {
    if (shown.current === named) return
    shown.current = named
    // The field's attributes name the list, and are looked at again.
    editor.view.setProps({})
  }, [editor, named])
  // Before its place is taken from it: it would draw itself once more to say farewell, and have the whole page laid out for that.
  useLayoutEffect(() => () => editor.destroy(), [editor])
  useEffect(() => {
    onEditor(editor)
    return () => onEditor(null)
  }, [editor, onEditor])

  useImperativeHandle(ref, () => ({
    focus() {
      const { view, state } = editor
      const at = props.caretPlace?.back(said.current.text.length) ?? null
      const place =
        at === null || at > state.doc.content.size
          ? Selection.atEnd(state.doc)
          : Selection.near(state.doc.resolve(at), -1)
      view.dispatch(state.tr.setSelection(place).scrollIntoView())
      view.focus()
    },
    refocus: () => editor.view.focus(),
    caret() {
      const { view, state } = editor
      const { $from, empty, from } = state.selection
      if (!empty || !view.hasFocus() || !$from.parent.isTextblock) return null
      const before = wordsOfNode($from.parent).slice(0, $from.parentOffset)
      const { left, top, bottom } = view.coordsAtPos(from)
      return { before: before.slice(before.lastIndexOf('\n') + 1), left, top, bottom }
    },
    put(words, instead) {
      const { view, state, schema } = editor
      const { content } = schema.nodeFromJSON(documentOf(words))
      const open = (node: typeof content.firstChild): number => (node?.type.name === 'paragraph' ? 1 : 0)
      const { from, to } = state.selection
      const tr = closeHistory(state.tr).replaceRange(
        from - instead,
        to,
        new Slice(content, open(content.firstChild), open(content.lastChild)),
      )
      tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(to)), -1)).scrollIntoView()
      view.dispatch(tr)
      // What is typed next is another step.
      view.dispatch(closeHistory(view.state.tr))
      view.focus()
    },
    ...(props.pictures ? { place: () => placeIn(editor) } : {}),
    chooseHole() {
      const { view, state } = editor
      let place: { from: number; to: number } | undefined
      state.doc.descendants((node, at) => {
        const hole = !place && node.isTextblock ? holesIn(wordsOfNode(node))[0] : undefined
        if (hole) place = { from: at + 1 + hole.from, to: at + 1 + hole.to }
        return !place
      })
      if (!place) return false
      view.dispatch(
        state.tr.setSelection(TextSelection.create(state.doc, place.from, place.to)).scrollIntoView(),
      )
      view.focus()
      return true
    },
  }))
  return (
    <div className="comp-rich" data-placeholder={value.text === '' && !value.rich ? placeholder : undefined}>
      <EditorContent editor={editor} />
    </div>
  )
}
