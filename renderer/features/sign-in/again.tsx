import { type FormEvent, useState } from 'react'
import { create } from 'zustand'
import type { Fault, FaultKind } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../app/faults.ts'
import { useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useDesk } from '../../store/states.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import './sign-in.css'
import { words } from './words.ts'

const ended: ReadonlySet<FaultKind> = new Set(['session-expired', 'device-revoked'])

/** Whether signing in again is the way forward. */
export const wantsSignIn = (fault: Fault | null): boolean => fault !== null && ended.has(fault.kind)

const useAsked = create(() => ({ asked: false }))
export const askToSignInAgain = (): void => useAsked.setState({ asked: true })
const done = (): void => useAsked.setState({ asked: false })

/** The session ended while the desk was open. Everything stays where it is; only the password is asked. */
export function SignInAgain() {
  const t = useWords(words)
  const { asked } = useAsked()
  const { hubUrl, email } = useDesk() ?? {}
  return (
    <Dialog
      open={asked}
      onOpenChange={done}
      title={t('again')}
      description={t('kept', { email: email ?? '' })}
    >
      {hubUrl && email && <Password hubUrl={hubUrl} email={email} />}
    </Dialog>
  )
}

function Password({ hubUrl, email }: { hubUrl: string; email: string }) {
  const t = useWords(words)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (password === '') return setProblem(t('password-missing'))
    setBusy(true)
    const result = await request('signIn', { hubUrl, email, password })
    setBusy(false)
    if (result.ok) done()
    else setProblem(faultSentence(result.fault))
  }
  return (
    <form className="sign-in-again" onSubmit={event => void submit(event)} noValidate>
      {/* Tells a password manager whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <TextField
        label={t('password')}
        type="password"
        autoComplete="current-password"
        value={password}
        error={problem}
        onChange={({ target }) => {
          setPassword(target.value)
          setProblem(undefined)
        }}
      />
      <Button kind="ink" type="submit" busy={busy}>
        {t(busy ? 'submitting' : 'submit')}
      </Button>
    </form>
  )
}
