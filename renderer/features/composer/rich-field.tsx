import { EditorState, Selection } from '@tiptap/pm/state'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { LINK } from '#shared/model/rich-text.ts'
import '../timeline/rich-words.css'
import { mendPasted, plainSlice } from './paste.ts'
import { documentOf, wordsOf } from './rich-document.ts'
import type { WordsField, WordsProps } from './words-field.ts'

const extensions = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    trailingNode: false,
    gapcursor: false,
    link: { openOnClick: false, defaultProtocol: 'https', isAllowedUri: url => LINK.test(url) },
  }),
]

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
        'data-column-entry': '',
        spellcheck: 'true',
      }),
      handleDOMEvents: {
        // These are the desk's: the editor would keep them for itself.
        keydown: (_view, { key, ctrlKey, metaKey }) =>
          (key === 'Enter' && (ctrlKey || metaKey)) || key === 'Escape',
      },
      handlePaste: (_view, event) => latest.current.onPaste(event.clipboardData),
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
      clipboardTextParser: (text, _context, _plain, view) => plainSlice(text, view.state.schema),
      transformPastedHTML: mendPasted,
    },
    onUpdate({ editor: { state } }) {
      said.current = wordsOf(state.doc.toJSON())
      latest.current.onChange(said.current)
    },
    onBlur: () => latest.current.onBlur(),
  })

  useEffect(() => {
    if (value.text === said.current.text && value.rich === said.current.rich) return
    said.current = { text: value.text, rich: value.rich }
    const doc = editor.schema.nodeFromJSON(documentOf(value))
    const { plugins } = editor.state
    editor.view.updateState(EditorState.create({ doc, plugins, selection: Selection.atEnd(doc) }))
  }, [editor, value])
  useEffect(() => editor.setEditable(!readOnly, false), [editor, readOnly])
  useEffect(() => {
    onEditor(editor)
    return () => onEditor(null)
  }, [editor, onEditor])

  useImperativeHandle(ref, () => ({
    focus() {
      const { view, state } = editor
      view.dispatch(state.tr.setSelection(Selection.atEnd(state.doc)))
      view.focus()
    },
  }))
  return (
    <div className="comp-rich" data-placeholder={value.text === '' && !value.rich ? placeholder : undefined}>
      <EditorContent editor={editor} />
    </div>
  )
}
