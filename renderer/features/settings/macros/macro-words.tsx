import type { Editor } from '@tiptap/react'
import { Braces } from 'lucide-react'
import { useRef, useState } from 'react'
import { holesIn, lookUpOf, variablesOf } from '#shared/rules/variables.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { useLiveOne } from '../../../store/live.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { filesPasted } from '../../composer/files-pasted.ts'
import { FormatBar } from '../../composer/format-bar.tsx'
import { RichField } from '../../composer/rich-field.tsx'
import type { MarkedWords, WordsField, WordsProps } from '../../composer/words-field.ts'
import type { FormValues } from './form-values.ts'
import { words } from './words.ts'

type Words = Pick<FormValues, 'text' | 'rich'>

/** The words of a macro, written as a mail is; where they are used without formatting, the plain words are. */
export function MacroWords({
  value,
  readOnly,
  onChange,
}: {
  value: Words
  readOnly: boolean
  onChange: (value: Words) => void
}) {
  const t = useWords(words)
  const language = useLanguage()
  const field = useRef<WordsField>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  /** Somebody pasted a picture, which a macro does not hold. */
  const [noFiles, setNoFiles] = useState(false)
  const workspace = useLiveOne('workspace', {})
  const variables = variablesOf(workspace)
  const lookUp = lookUpOf(variables)
  const unknown = [
    ...new Set(
      holesIn(value.text)
        .filter(({ name }) => !lookUp(name))
        .map(({ name }) => name),
    ),
  ]
  const marks = (text: string): MarkedWords[] =>
    holesIn(text).map(({ from, to, name }) => ({ from, to, kind: lookUp(name) ? 'name' : 'hole' }))
  const props: WordsProps = {
    ...{
      label: t('words'),
      placeholder: t('words-placeholder'),
      value,
      readOnly,
      list: null,
      marks,
      onChange: (next: Words) => {
        setNoFiles(false)
        onChange(next)
      },
    },
    onBlur: () => {},
    onPaste: data => {
      const pasted = filesPasted(data).length > 0
      setNoFiles(pasted)
      return pasted
    },
    onKey: () => false,
    onCaret: () => {},
  }
  const insert = (name: string): void => field.current?.put({ text: `{{${name}}}`, rich: null }, 0)
  return (
    <div className="field">
      <span className="macro-label">{t('words')}</span>
      <div className="macro-words">
        <RichField ref={field} onEditor={setEditor} {...props} />
        {!readOnly && (
          <div className="macro-words-bar">
            {editor && <FormatBar editor={editor} />}
            <Menu
              label={t('variable')}
              align="end"
              trigger={
                <Button small kind="ghost" icon={Braces}>
                  {t('variable')}
                </Button>
              }
            >
              {variables.map(({ name: { en, zh } }) => (
                <MenuItem key={en} onSelect={() => insert(language === 'en' ? en : zh)}>
                  {language === 'en' ? en : zh}
                </MenuItem>
              ))}
            </Menu>
          </div>
        )}
      </div>
      <span className="faint" role="status">
        {noFiles
          ? t('no-pictures')
          : unknown.length > 0
            ? t('unknown', { count: unknown.length, names: unknown.map(name => `{{${name}}}`).join(' ') })
            : t('variable-hint')}
      </span>
    </div>
  )
}
