import { type Editor, useEditorState } from '@tiptap/react'
import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  Strikethrough,
  TextQuote,
  Underline,
} from 'lucide-react'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { words as keyWords } from '../../app/keys/words.ts'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import './format-bar.css'
import type { formatKeys } from './format-keys.ts'
import { LinkButton } from './link-button.tsx'
import { words } from './words.ts'

type Chain = ReturnType<Editor['chain']>

interface Format {
  id: (typeof formatKeys)[number]
  icon: LucideIcon
  /** What the editor calls it. */
  name: string
  toggle: (chain: Chain) => Chain
}

const formats: readonly Format[] = [
  { id: 'bold', icon: Bold, name: 'bold', toggle: chain => chain.toggleBold() },
  { id: 'italic', icon: Italic, name: 'italic', toggle: chain => chain.toggleItalic() },
  { id: 'underline', icon: Underline, name: 'underline', toggle: chain => chain.toggleUnderline() },
  { id: 'strike', icon: Strikethrough, name: 'strike', toggle: chain => chain.toggleStrike() },
  { id: 'bullets', icon: List, name: 'bulletList', toggle: chain => chain.toggleBulletList() },
  { id: 'numbers', icon: ListOrdered, name: 'orderedList', toggle: chain => chain.toggleOrderedList() },
  { id: 'quote', icon: TextQuote, name: 'blockquote', toggle: chain => chain.toggleBlockquote() },
  { id: 'code', icon: Code, name: 'code', toggle: chain => chain.toggleCode() },
]

/**
 * How words can look, by mouse; all of it is under the keys and by Markdown's signs, too.
 * @param editor null: on its way; until then its buttons are only seen
 */
export function FormatBar({ editor }: { editor: Editor | null }) {
  const say = useWords(words)
  if (!editor) return <ToBe />
  return (
    <fieldset
      className="comp-format"
      aria-label={say('format')}
      // The keyboard reaches the line that has no room; afterwards the first is seen again.
      onBlur={event => {
        event.currentTarget.scrollTop = 0
      }}
    >
      {formats.map(format => (
        <FormatButton key={format.id} editor={editor} format={format} />
      ))}
      <LinkButton editor={editor} />
    </fieldset>
  )
}

/** Drawn for each conversation one goes past: without what a button needs to be pressed. */
const ToBe = () => (
  <div className="comp-format" aria-hidden="true">
    {[...formats.map(({ icon }) => icon), Link].map(icon => (
      <span key={icon.displayName} className="icon-button">
        <Icon of={icon} size="s" />
      </span>
    ))}
  </div>
)

function FormatButton({ editor, format }: { editor: Editor; format: Format }) {
  const say = useWords(keyWords)
  const active = useEditorState({ editor, selector: ({ editor: now }) => now.isActive(format.name) })
  const toggle = (): void => void format.toggle(editor.chain()).run()
  useKey(format.id, toggle)
  return (
    <IconButton
      icon={format.icon}
      size="s"
      label={say(format.id)}
      shortcut={format.id}
      aria-pressed={active}
      // The words keep the focus and what is chosen in them.
      onMouseDown={event => event.preventDefault()}
      onClick={toggle}
    />
  )
}
