import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Fault, FaultKind } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../app/faults.ts'
import { useLanguage, useWords } from '../../app/i18n.ts'
import { request } from '../../store/core.ts'
import { useDesk } from '../../store/states.ts'
import { forgetPlaces } from '../../store/view.ts'
import { Button } from '../../ui/button.tsx'
import { now, useNowBySecond } from '../../ui/clock.ts'
import { FormError, TextField } from '../../ui/field.tsx'
import { Mark } from '../../ui/mark.tsx'
import { forgetList } from '../customers/list.ts'
import { type Given, type Problems, problemsOf } from './check.ts'
import './sign-in.css'
import { words } from './words.ts'

type Field = keyof Given
const order: readonly Field[] = ['hubUrl', 'email', 'password']

/** The field a fault is about: its sentence stands there, and the cursor. Others are about the whole form. */
const fieldOf: Partial<Record<FaultKind, Field>> = {
  'hub-address-invalid': 'hubUrl',
  'not-a-hub': 'hubUrl',
  'hub-unreachable': 'hubUrl',
  'wrong-credentials': 'password',
}

interface Failure {
  fault: Fault
  /** When the next attempt may be made, by this machine's clock. */
  until: number | null
}

export function SignIn() {
  const t = useWords(words)
  const desk = useDesk()
  const [given, setGiven] = useState<Given>({
    hubUrl: desk?.hubUrl ?? '',
    email: desk?.email ?? '',
    password: '',
  })
  const [problems, setProblems] = useState<Problems>({})
  const [failure, setFailure] = useState<Failure | null>(() => (desk?.fault ? failureOf(desk.fault) : null))
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  const focus = (field: Field): void =>
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus()
  // The first field that is still empty.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => {
    forgetPlaces()
    forgetList()
    focus(order.find(field => given[field] === '') ?? 'hubUrl')
  }, [])

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const found = problemsOf(given)
    setProblems(found)
    setFailure(null)
    const first = order.find(field => found[field])
    if (first) return focus(first)
    setBusy(true)
    const result = await request('signIn', {
      hubUrl: given.hubUrl.trim(),
      email: given.email.trim(),
      password: given.password,
    })
    setBusy(false)
    if (result.ok) return // the desk's state changes and takes this page away
    setFailure(failureOf(result.fault))
    const field = fieldOf[result.fault.kind]
    if (field) focus(field)
  }

  const field = (name: Field) => ({
    name,
    value: given[name],
    error: problems[name]
      ? t(problems[name])
      : failure && fieldOf[failure.fault.kind] === name
        ? faultSentence(failure.fault)
        : undefined,
    onChange: ({ target }: { target: { value: string } }) => {
      setGiven(before => ({ ...before, [name]: target.value }))
      setProblems(({ [name]: _gone, ...rest }) => rest)
      if (failure && fieldOf[failure.fault.kind] === name) setFailure(null)
    },
  })

  return (
    <main className="sign-in">
      <form
        ref={form}
        className="sign-in-form"
        onSubmit={event => void submit(event)}
        noValidate
        aria-labelledby="sign-in-title"
      >
        <header className="sign-in-head">
          <Mark />
          <h1 id="sign-in-title">{t('title')}</h1>
          <p className="faint">{t('lead')}</p>
        </header>
        <TextField
          label={t('hub')}
          hint={t('hub-hint')}
          inputMode="url"
          autoComplete="url"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="desk.example.com"
          {...field('hubUrl')}
        />
        <TextField
          label={t('email')}
          type="email"
          autoComplete="username"
          spellCheck={false}
          {...field('email')}
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          {...field('password')}
        />
        <Whole failure={failure && !fieldOf[failure.fault.kind] ? failure : null} />
        <Submit busy={busy} until={failure?.until ?? null} />
        <p className="sign-in-foot">{t('local-only')}</p>
      </form>
      <LanguageSwitch />
    </main>
  )
}

function failureOf(fault: Fault): Failure {
  const seconds = fault.kind === 'too-many-attempts' ? Number(fault.params?.seconds ?? 60) : null
  return { fault, until: seconds === null ? null : now() + seconds * 1000 }
}

/** A fault about the whole form; the seconds of a refusal count down. */
function Whole({ failure }: { failure: Failure | null }) {
  const t = useWords(words)
  const email = useDesk()?.email
  const time = useNowBySecond()
  if (!failure) return <FormError>{null}</FormError>
  const { fault, until } = failure
  // Somebody else's changes wait on this machine: nobody may take their place before those are sent.
  const others = fault.kind === 'forbidden' && fault.params?.waiting !== undefined && email
  const sentence = others ? t('other-waiting', { email }) : faultSentence(fault)
  if (until === null) return <FormError>{sentence}</FormError>
  const seconds = Math.ceil((until - time) / 1000)
  return <FormError>{seconds > 0 ? faultSentence({ ...fault, params: { seconds } }) : null}</FormError>
}

function Submit({ busy, until }: { busy: boolean; until: number | null }) {
  const t = useWords(words)
  const time = useNowBySecond()
  return (
    <Button
      kind="ink"
      type="submit"
      busy={busy}
      disabled={until !== null && until > time}
      className="sign-in-submit"
    >
      {t(busy ? 'submitting' : 'submit')}
    </Button>
  )
}

/** The other language, in its own words, for whoever cannot read this one. */
function LanguageSwitch() {
  const t = useWords(words)
  const other = useLanguage() === 'en' ? 'zh-CN' : 'en'
  return (
    <Button
      kind="ghost"
      small
      className="sign-in-language"
      lang={other}
      onClick={() => void request('setPreferences', { language: other })}
    >
      {t('language-other')}
    </Button>
  )
}
