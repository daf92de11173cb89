import { type Editor, useEditorState } from '@tiptap/react'
import { Link } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { LINK } from '#shared/model/rich-text.ts'
import { useWords } from '../../app/i18n.ts'
import { useKey } from '../../app/keys/use-key.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { isAddress } from './recipients.ts'
import { words } from './words.ts'

/** What was typed as an address that a click may open; null: none can be made of it. */
export function linkOf(text: string): string | null {
  const typed = text.trim()
  const link = isAddress(typed)
    ? `mailto:${typed}`
    : /^[a-z][a-z+.-]*:/iu.test(typed)
      ? typed
      : `https://${typed}`
  return typed !== '' && LINK.test(link) ? link : null
}

/** Where the chosen words lead. */
export function LinkButton({ editor }: { editor: Editor }) {
  const say = useWords(words)
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const active = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('link') })
  const link = linkOf(typed)

  const show = (next: boolean): void => {
    if (next) setTyped((editor.getAttributes('link').href as string | undefined) ?? '')
    setOpen(next)
  }
  useKey('link', () => show(true))

  const put = (event: FormEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (!link) return
    // At once: the next key may be pressed before the next frame, in which its own `focus` would do it.
    editor.view.focus()
    const chain = editor.chain().extendMarkRange('link')
    const nothing = editor.state.selection.empty && !active
    const marks = [{ type: 'link', attrs: { href: link } }]
    if (nothing) chain.insertContent({ type: 'text', text: typed.trim(), marks })
    else chain.setLink({ href: link })
    // What is typed next stands behind it, and is not part of it.
    chain
      .command(({ tr, commands }) => commands.setTextSelection(tr.selection.to))
      .unsetMark('link')
      .run()
    setOpen(false)
  }
  const take = (): void => {
    editor.view.focus()
    editor.chain().extendMarkRange('link').unsetLink().run()
    setOpen(false)
  }
  return (
    <Popover
      label={say('link')}
      side="top"
      open={open}
      onOpenChange={show}
      giveBack={() => editor.view.focus()}
      trigger={<IconButton icon={Link} size="s" label={say('link')} shortcut="link" aria-pressed={active} />}
    >
      <form className="comp-link" onSubmit={put}>
        <input
          aria-label={say('link-address')}
          placeholder="https://"
          value={typed}
          spellCheck={false}
          autoComplete="off"
          onChange={event => setTyped(event.target.value)}
        />
        {active && (
          <Button small kind="ghost" onClick={take}>
            {say('link-off')}
          </Button>
        )}
        <Button small kind="ink" type="submit" disabled={!link}>
          {say('link-on')}
        </Button>
      </form>
    </Popover>
  )
}
