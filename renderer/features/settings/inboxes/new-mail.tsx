import { type FormEvent, useState } from 'react'
import type { Fault } from '#shared/protocol/fault.ts'
import type { Provider } from '#shared/protocol/inboxes.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { Button } from '../../../ui/button.tsx'
import { FormError, TextField } from '../../../ui/field.tsx'
import { MailForm } from './mail-form.tsx'
import { words } from './words.ts'

/** A new mailbox begins with its address: from it follows who keeps it, and so nearly everything else. */
export function NewMail({ offline, onDone }: { offline: boolean; onDone(): void }) {
  const t = useWords(words)
  const [address, setAddress] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [found, setFound] = useState<{ provider: Provider | null } | null>(null)

  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy || offline) return
    const bad = !/^\S+@\S+\.\S+$/.test(address.trim())
    setWrong(bad)
    if (bad) return
    setBusy(true)
    setFault(null)
    const result = await request('mailProvider', { address: address.trim() })
    setBusy(false)
    if (result.ok) setFound(result.value)
    else if (result.fault.params?.field === 'address') setWrong(true)
    else setFault(result.fault)
  }

  return (
    <>
      <form className="ib-form ib-address" onSubmit={event => void ask(event)} noValidate>
        <TextField
          label={t('address')}
          hint={t('address-hint')}
          type="email"
          autoComplete="off"
          spellCheck={false}
          value={address}
          error={wrong ? t('address-wrong') : undefined}
          onChange={({ target }) => {
            setAddress(target.value)
            setWrong(false)
            setFound(null)
          }}
        />
        {!found && (
          <Button kind="ink" type="submit" busy={busy} disabled={offline}>
            {t(busy ? 'looking' : 'continue')}
          </Button>
        )}
        <FormError>{fault && faultSentence(fault)}</FormError>
      </form>
      {found && (
        <MailForm
          inbox={null}
          address={address.trim()}
          provider={found.provider}
          offline={offline}
          onDone={onDone}
        />
      )}
    </>
  )
}
