import { type Editor, useEditorState } from '@tiptap/react'
import { Image, Minus, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { MOST_WORDS } from '#shared/rules/pictures.ts'
import { useWords } from '../../../app/i18n.ts'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { words } from '../words.ts'
import { changePicture, chosenPicture, type PictureNode } from './node.ts'
import { resized } from './size.ts'
import './pictures.css'

/** What can be done with the picture that is chosen: its words, its size, taking it out. */
export function PictureBar({ editor }: { editor: Editor }) {
  const chosen = useEditorState({ editor, selector: ({ editor: now }) => chosenPicture(now.state) })
  if (!chosen) return null
  return <OfPicture key={chosen.at} editor={editor} picture={chosen.picture} />
}

function OfPicture({ editor, picture }: { editor: Editor; picture: PictureNode }) {
  const say = useWords(words)
  const [text, setText] = useState(picture.words)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const { storage } = editor
    storage.picture.edit = () => input.current?.select()
    return () => {
      storage.picture.edit = () => {}
    }
  }, [editor])
  const back = (): void => editor.view.focus()
  const size = (step: 1 | -1) => {
    const next = resized(picture, step)
    return (
      <IconButton
        icon={step === 1 ? Plus : Minus}
        size="s"
        label={say(step === 1 ? 'picture-larger' : 'picture-smaller')}
        disabled={next === null}
        onMouseDown={event => event.preventDefault()}
        onClick={() => next && changePicture(editor.view, next)}
      />
    )
  }
  return (
    <fieldset className="comp-picture-bar" aria-label={say('picture')}>
      <Icon of={Image} size="s" />
      <input
        ref={input}
        aria-label={say('picture-words')}
        title={say('picture-words')}
        placeholder={say('picture-words')}
        value={text}
        maxLength={MOST_WORDS}
        autoComplete="off"
        onChange={({ target }) => {
          setText(target.value)
          // Without words it would be nothing to whoever does not see it.
          if (target.value.trim() !== '') changePicture(editor.view, { words: target.value.trim() })
        }}
        onBlur={() => setText(picture.words)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          back()
        }}
      />
      {size(-1)}
      <span className="num faint">{picture.width} px</span>
      {size(1)}
      <IconButton
        icon={Trash2}
        size="s"
        label={say('picture-remove')}
        onMouseDown={event => event.preventDefault()}
        onClick={() => {
          editor.view.dispatch(editor.state.tr.deleteSelection())
          back()
        }}
      />
    </fieldset>
  )
}
