import clsx from 'clsx'
import { FileSpreadsheet } from 'lucide-react'
import { useRef, useState } from 'react'
import { LARGEST_TABLE } from '#shared/ipc/import.ts'
import { useWords } from '../../../app/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { FormError } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { sizeText } from '../../../ui/size.ts'
import { chooseFile, useImport } from './state.ts'
import { useTrouble } from './trouble.ts'
import { words } from './words.ts'

/** A file, chosen or dropped. */
export function FileStep() {
  const t = useWords(words)
  const name = useImport(state => state.name)
  const going = useImport(state => state.going)
  const trouble = useTrouble()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null): void => {
    const [file] = files ?? []
    if (file) void chooseFile(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped here can be chosen by the button
    <div
      className={clsx('im-drop', over && 'im-drop-over')}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <span className="im-drop-sign">
        <Icon of={FileSpreadsheet} />
      </span>
      <h2>{t('drop')}</h2>
      <p className="im-hint">{t('drop-hint', { limit: sizeText(LARGEST_TABLE) })}</p>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        onChange={event => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <Button kind="ink" busy={going !== null} onClick={() => input.current?.click()}>
        {t('choose')}
      </Button>
      {going && <Progress label={t('reading', { name })} done={going.done} total={going.total} />}
      <FormError>{trouble}</FormError>
      <p className="im-hint">{t('everybody')}</p>
    </div>
  )
}
