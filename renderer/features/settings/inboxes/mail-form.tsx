import { ChevronRight } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { InboxReport, Provider } from '#shared/protocol/inboxes.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { announce } from '../../../ui/announce.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormError, TextArea, TextField } from '../../../ui/field.tsx'
import { useAttempt } from './attempt.ts'
import {
  type MailField,
  type MailProblems,
  type MailValues,
  problemOf,
  problemsOf,
  type ServerValues,
  valuesOf,
  wayOf,
  wishOf,
} from './mail-values.ts'
import { ServerFields } from './server-fields.tsx'
import { Steps } from './steps.tsx'
import { words } from './words.ts'

/** A mailbox: a new one whose provider was looked up, or one that is there. Tried before it is saved; what is typed stays. */
export function MailForm({
  inbox,
  address = '',
  provider,
  offline,
  onDone,
}: {
  inbox: InboxReport | null
  address?: string
  provider: Provider | null
  offline: boolean
  onDone(): void
}) {
  const t = useWords(words)
  const chinese = useLanguage() === 'zh-CN'
  const [values, setValues] = useState<MailValues>(() => ({
    ...valuesOf(inbox),
    ...(inbox ? {} : { address }),
  }))
  const [problems, setProblems] = useState<MailProblems>({})
  const [showServers, setShowServers] = useState(inbox !== null)
  const [checkOnly, setCheckOnly] = useState(false)
  const attempt = useAttempt()
  const form = useRef<HTMLFormElement>(null)
  const way = wayOf(inbox, provider, showServers)
  const { report, signIn } = way

  useEffect(() => {
    const first = Object.keys(problems)[0]
    if (first) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
  }, [problems])

  // Its address is known by now: what is asked for next is how to get in.
  useEffect(() => {
    if (!inbox) form.current?.querySelector<HTMLInputElement>('[name=password], [name=clientId]')?.focus()
  }, [inbox])

  const change = (to: Partial<MailValues>): void => {
    setValues(before => ({ ...before, ...to }))
    setProblems({})
    if (attempt.end) attempt.forget()
  }
  const field = (name: Exclude<keyof MailValues, 'imap' | 'smtp' | 'seen'> & MailField) => ({
    name,
    value: values[name],
    error: problems[name] && t(problems[name] as 'password-missing'),
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
  })
  const server = (side: 'imap' | 'smtp') => ({
    side,
    values: values[side],
    problems,
    onChange: (to: Partial<ServerValues>) => change({ [side]: { ...values[side], ...to } }),
  })

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (attempt.busy || offline) return
    const found = problemsOf(values, way)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    setCheckOnly(false)
    const end = await attempt.setUp(wishOf(inbox, values, way))
    if (end.t === 'ready') {
      announce(t('saved', { name: values.name.trim() || values.address }))
      onDone()
    }
    const named = end.t === 'fault' ? problemOf(end.fault, report) : null
    if (named) setProblems({ [named[0]]: named[1] })
  }
  const check = async (): Promise<void> => {
    if (!inbox) return
    setCheckOnly(true)
    const end = await attempt.check(inbox.inboxId)
    if (end.t === 'ready') announce(t('checked'))
  }
  const whole = attempt.end?.t === 'fault' && !problemOf(attempt.end.fault, report) ? attempt.end.fault : null

  return (
    <form ref={form} className="ib-form" onSubmit={event => void submit(event)} noValidate>
      {!inbox && (
        <p className="ib-provider" data-known={provider !== null}>
          <strong>{provider ? t('provider', { name: provider.name }) : t('provider-unknown')}</strong>
          {provider && <span>{chinese ? provider.hint.zh : provider.hint.en}</span>}
        </p>
      )}
      <TextField label={t('name')} placeholder={values.address} {...field('name')} />
      {signIn ? (
        <TextField
          label={t('client-id')}
          hint={t(report ? 'sign-in-kept' : 'client-id-hint')}
          autoComplete="off"
          spellCheck={false}
          {...field('clientId')}
        />
      ) : (
        (report?.login !== 'none' || report.imap) && (
          <TextField
            label={t(provider?.login === 'app-password' ? 'app-password' : 'password')}
            hint={t(report ? 'password-kept' : 'password-hint')}
            type="password"
            autoComplete="new-password"
            {...field('password')}
          />
        )
      )}
      {way.servers ? (
        <>
          {(!report || report.imap) && <ServerFields {...server('imap')} />}
          <ServerFields {...server('smtp')} />
        </>
      ) : (
        <Button
          kind="ghost"
          small
          icon={ChevronRight}
          className="ib-open"
          onClick={() => {
            if (provider) change({ imap: served(provider.imap), smtp: served(provider.smtp) })
            setShowServers(true)
          }}
        >
          {t('servers')}
        </Button>
      )}
      <details className="ib-more">
        <summary>{t('more')}</summary>
        {(!report || report.imap) && (
          <>
            <TextField label={t('user')} hint={t('user-hint')} spellCheck={false} {...field('user')} />
            <TextField
              label={t('folders')}
              hint={t('folders-hint')}
              spellCheck={false}
              {...field('folders')}
            />
            <TextField label={t('history')} inputMode="numeric" {...field('history')} />
            <label className="ib-check">
              <input
                type="checkbox"
                checked={values.seen}
                onChange={({ target }) => change({ seen: target.checked })}
              />
              {t('seen')}
            </label>
          </>
        )}
        <TextArea label={t('signature')} {...field('signature')} />
      </details>
      <Steps attempt={attempt} failed={checkOnly ? 'check-failed' : 'unchanged'} />
      <FormError>{whole && faultSentence(whole)}</FormError>
      <div className="ib-actions">
        {attempt.busy ? (
          <Button onClick={attempt.giveUp}>{t('cancel')}</Button>
        ) : (
          inbox && (
            <Button disabled={offline} onClick={() => void check()}>
              {t('check')}
            </Button>
          )
        )}
        <Button kind="ink" type="submit" busy={attempt.busy} disabled={offline}>
          {t(attempt.busy ? 'connecting' : 'connect')}
        </Button>
      </div>
    </form>
  )
}

const served = ({ host, port, security }: Provider['imap']): ServerValues => ({
  host,
  port: String(port),
  security,
})
