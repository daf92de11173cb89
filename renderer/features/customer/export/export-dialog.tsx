import { FileDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { uuidv7 } from 'uuidv7'
import type { Customer } from '#shared/model/customer.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../../app/faults.ts'
import { languageNow, useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useMyId } from '../../../store/states.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { sizeText } from '../../../ui/size.ts'
import { useAgents } from '../names.ts'
import { Whose } from '../whose.tsx'
import { words } from './words.ts'
import './export.css'

/** For supervisors and administrators. */
export function ExportItem({ onSelect }: { onSelect: () => void }) {
  const say = useWords(words)
  const me = useAgents().get(useMyId())
  if (me === undefined || me.role === 'agent') return null
  return (
    <>
      <MenuLine />
      <MenuItem icon={FileDown} onSelect={onSelect}>
        {say('start')}
      </MenuItem>
    </>
  )
}

/** Reads it bit by bit, and saves it when it is whole: what breaks off is no file. */
export function ExportDialog({
  customer,
  merged,
  onClose,
}: {
  customer: Customer
  /** Others are one person with them. */
  merged: boolean
  onClose: () => void
}) {
  const say = useWords(words)
  const [whole, setWhole] = useState(true)
  const [size, setSize] = useState<number | null>(null)
  const [failed, setFailed] = useState<Fault | null>(null)
  const attempt = useRef<string | null>(null)
  const name = customer.name || say('nobody')

  useEffect(
    () => () => {
      if (attempt.current) void request('customerExportGiveUp', { attempt: attempt.current })
      attempt.current = null
    },
    [],
  )

  const save = async (): Promise<void> => {
    const mine = uuidv7()
    attempt.current = mine
    setFailed(null)
    setSize(0)
    const parts: Blob[] = []
    let read = 0
    for (let done = false; !done; ) {
      const asked = { attempt: mine, customerId: customer.id, whole }
      const result = await request('customerExport', {
        ...asked,
        language: languageNow() === 'en' ? 'en' : 'zh',
      })
      if (attempt.current !== mine) return
      if (!result.ok) {
        attempt.current = null
        setSize(null)
        return setFailed(result.fault)
      }
      done = result.value.done
      read += result.value.bytes.length
      parts.push(new Blob([new Uint8Array(result.value.bytes)]))
      setSize(read)
    }
    attempt.current = null
    const file = `${name}.zip`
    saveFile(new Blob(parts, { type: 'application/zip' }), file)
    toast(say('saved', { name, file }))
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={say('title', { name })}
      description={say('lead')}
      footer={
        <>
          {size !== null && (
            <span className="export-far meta num" role="status">
              {say('far', { size: sizeText(size) })}
            </span>
          )}
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button kind="ink" busy={size !== null} onClick={() => void save()}>
            {say('save')}
          </Button>
        </>
      }
    >
      {merged && <Whose whole={whole} onChange={setWhole} />}
      {failed && (
        <p role="alert" className="meta">
          {failed.kind === 'hub-unreachable' ? say('offline') : faultSentence(failed)}
        </p>
      )}
    </Dialog>
  )
}
