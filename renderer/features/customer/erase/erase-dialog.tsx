import { UserX } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { Customer } from '#shared/model/customer.ts'
import { type ErasurePreview, ErasureReason } from '#shared/protocol/erasure.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useMyId } from '../../../store/states.ts'
import { toast } from '../../../store/toasts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/field.tsx'
import { MenuItem } from '../../../ui/menu.tsx'
import { Select } from '../../../ui/select.tsx'
import { identityText, useAgents, useChannels } from '../names.ts'
import { Whose } from '../whose.tsx'
import { words as customerWords } from '../words.ts'
import { words } from './words.ts'
import './erase.css'

/** For administrators; nobody else is shown that there is such a thing. It stands below the export, with its line. */
export function EraseItem({ onSelect }: { onSelect: () => void }) {
  const say = useWords(words)
  const me = useAgents().get(useMyId())
  if (me?.role !== 'administrator') return null
  return (
    <MenuItem icon={UserX} danger onSelect={onSelect}>
      {say('start')}
    </MenuItem>
  )
}

type Seen = { preview: ErasurePreview } | { fault: Fault } | null

/** Says what will go and asks for the name: what is done here cannot be taken back. */
export function EraseDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const say = useWords(words)
  const [whole, setWhole] = useState(true)
  const [reason, setReason] = useState<ErasureReason | 'none'>('none')
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Fault | null>(null)
  const { seen, look } = usePreview(customer.id, whole)
  const preview = seen && 'preview' in seen ? seen.preview : null
  const fault = failed ?? (seen && 'fault' in seen ? seen.fault : null)
  const name = customer.name || say('nobody')

  const erase = async (): Promise<void> => {
    if (!preview || busy) return
    if (typed.trim() !== customer.name.trim()) return setWrong(true)
    setBusy(true)
    setFailed(null)
    const wish = { whole, name: typed, reason: reason === 'none' ? null : reason }
    const result = await request('erase', { customerId: customer.id, ...wish })
    setBusy(false)
    if (!result.ok) return setFailed(result.fault)
    toast(say('did', { name }))
    onClose()
  }

  return (
    <Dialog
      open
      onOpenChange={open => !open && !busy && onClose()}
      title={say('title', { name })}
      description={say('lead')}
      footer={
        <>
          <Button disabled={busy} onClick={onClose}>
            {say('cancel')}
          </Button>
          {fault && !preview ? (
            <Button kind="ink" onClick={look}>
              {say('again')}
            </Button>
          ) : (
            <Button kind="danger" busy={busy} disabled={!preview} onClick={() => void erase()}>
              {say('erase')}
            </Button>
          )}
        </>
      }
    >
      {preview && preview.family > 0 && (
        <div className="erase-choice">
          <Whose whole={whole} onChange={setWhole} />
        </div>
      )}
      {fault && (
        <p role="alert" className="erase-part">
          {fault.kind === 'hub-unreachable' ? say('offline') : faultSentence(fault)}
        </p>
      )}
      {!seen && (
        <p className="erase-waits meta" role="status">
          {say('looking')}
        </p>
      )}
      {preview && (
        <form
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            void erase()
          }}
        >
          <Going preview={preview} />
          <div className="erase-fields">
            <div className="field">
              <span aria-hidden="true">{say('reason')}</span>
              <Select
                label={say('reason')}
                value={reason}
                options={(['none', ...ErasureReason.options] as const).map(value => ({
                  value,
                  label: say(value),
                }))}
                onChange={setReason}
              />
            </div>
            {customer.name !== '' && (
              <TextField
                label={say('type')}
                autoComplete="off"
                spellCheck={false}
                value={typed}
                hint={customer.name}
                error={wrong ? say('wrong') : undefined}
                onChange={({ target }) => {
                  setTyped(target.value)
                  setWrong(false)
                }}
              />
            )}
          </div>
        </form>
      )}
    </Dialog>
  )
}

/** What the hub says would go; asked again by `look`. Null while it is asked. */
function usePreview(customerId: string, whole: boolean): { seen: Seen; look: () => void } {
  const [seen, setSeen] = useState<Seen>(null)
  const [times, setTimes] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` asks again
  useEffect(() => {
    let current = true
    setSeen(null)
    void request('erasurePreview', { customerId, whole }).then(result => {
      if (current) setSeen(result.ok ? { preview: result.value } : { fault: result.fault })
    })
    return () => {
      current = false
    }
  }, [customerId, whole, times])
  return { seen, look: () => setTimes(before => before + 1) }
}

function Going({ preview }: { preview: ErasurePreview }) {
  const say = useWords(words)
  const sayCustomer = useWords(customerWords)
  const channels = useChannels()
  const { customers, addresses, conversations, messages, notes, files, waiting, underWay } = preview
  const counted = (name: 'messages' | 'notes' | 'files', count: number): string[] =>
    count > 0 ? [say(name, { count })] : []
  const shown = addresses.map(identity => identityText({ ...identity, name: '' }, channels, sayCustomer))
  return (
    <>
      <p className="erase-part">{say('going')}</p>
      <ul className="erase-going">
        <li className="text">
          {customers.length > 1
            ? say('profile-merged', {
                names: customers.map(({ name }) => name || say('nobody')).join(say('and')),
              })
            : say('profile')}
        </li>
        {shown.length > 0 && (
          <li className="text">{say('addresses', { addresses: shown.join(say('and')) })}</li>
        )}
        <li className="num">
          {[
            say('conversations', { count: conversations }),
            ...counted('messages', messages),
            ...counted('notes', notes),
            ...counted('files', files),
          ].join(' · ')}
        </li>
        <li>{say('drafts')}</li>
        {waiting > 0 && <li>{say('waiting', { count: waiting })}</li>}
      </ul>
      {underWay > 0 && (
        <p className="erase-part" role="alert">
          {say('under-way', { count: underWay })}
        </p>
      )}
      <p className="meta faint">{say('others')}</p>
    </>
  )
}
