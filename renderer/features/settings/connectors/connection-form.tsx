import { type FormEvent, useMemo, useState } from 'react'
import type { RequestResult } from '#shared/ipc/contract.ts'
import type { CardTrouble } from '#shared/model/card.ts'
import { CardMapping, noMapping } from '#shared/model/card-mapping.ts'
import { labelOf } from '#shared/model/customer-field.ts'
import {
  type ConnectorField,
  type ConnectorKind,
  type ConnectorReport,
  isAsked,
} from '#shared/protocol/connectors.ts'
import type { Fault } from '#shared/protocol/fault.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { announce } from '../../../ui/announce.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormError, TextArea, TextField } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import { CardView } from '../../customer/cards/card-view.tsx'
import { troubleText } from '../../customer/cards/trouble.ts'
import { words as cardWords } from '../../customer/cards/words.ts'
import { useFields } from '../../customer/fields.ts'
import { MappingForm } from './mapping-form.tsx'
import { words } from './words.ts'

/** A list cannot hold an empty value. */
const NONE = '-'
const nobody = { email: '', phone: '', customerId: '', externalId: '' }

type Values = Readonly<Record<string, string>>

const startValues = ({ fields }: ConnectorKind, before: ConnectorReport | null): Values =>
  before?.values ?? Object.fromEntries(fields.map(({ id, value }) => [id, value]))

/** How a system is reached, what of its answers is shown, and what that looks like for a customer one knows. */
export function ConnectionForm({
  kind,
  before,
  offline,
  onDone,
}: {
  kind: ConnectorKind
  before: ConnectorReport | null
  offline: boolean
  onDone(): void
}) {
  const t = useWords(words)
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const [name, setName] = useState(before?.name ?? '')
  const [values, setValues] = useState<Values>(() => startValues(kind, before))
  const [mapping, setMapping] = useState<CardMapping>(before?.mapping ?? noMapping)
  const [wrong, setWrong] = useState<string | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [busy, setBusy] = useState<'try' | 'save' | null>(null)
  const [tried, setTried] = useState<RequestResult<'connectorTry'> | null>(null)
  const [who, setWho] = useState(nobody)
  const answers = useMemo(() => parsed(tried?.answers ?? null), [tried])

  const wish = {
    connectorId: before?.connectorId ?? null,
    kind: kind.id,
    values: Object.fromEntries(
      Object.entries(values).filter(([id]) => kind.fields.some(field => field.id === id)),
    ),
    mapping: kind.mapped ? mapping : null,
  }
  const failed = (reason: Fault): void => {
    const field = reason.kind === 'invalid' ? reason.params?.field : undefined
    if (typeof field === 'string' && kind.fields.some(({ id }) => id === field)) setWrong(field)
    else setFault(reason)
  }
  const during = async (what: 'try' | 'save', run: () => Promise<void>): Promise<void> => {
    if (busy || offline) return
    setWrong(null)
    setFault(null)
    setBusy(what)
    await run()
    setBusy(null)
  }
  const tryIt = () =>
    during('try', async () => {
      // A mapping that is not whole yet is no reason not to look at the answer.
      const usable = CardMapping.safeParse(mapping).success ? mapping : noMapping
      const result = await request('connectorTry', { ...wish, mapping: kind.mapped ? usable : null, who })
      setTried(result.ok ? result.value : null)
      if (!result.ok) failed(result.fault)
    })
  const save = (event: FormEvent): void => {
    event.preventDefault()
    const missing =
      name.trim() === '' ? 'name' : kind.mapped && !CardMapping.safeParse(mapping).success ? 'mapping' : null
    setWrong(missing)
    if (missing) return
    void during('save', async () => {
      const result = await request('connectorSetUp', { ...wish, name: name.trim() })
      if (!result.ok) return failed(result.fault)
      announce(t('saved', { name: name.trim() }))
      onDone()
    })
  }
  return (
    <form className="cn-form" onSubmit={save} noValidate>
      <p className="faint cn-lead">{kind.lead[language]}</p>
      <TextField
        label={t('name')}
        hint={t('name-hint')}
        value={name}
        maxLength={100}
        autoComplete="off"
        error={wrong === 'name' ? t('name-missing') : undefined}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="cn-fields">
        {kind.fields
          .filter(field => isAsked(field, values))
          .map(field => (
            <OneField
              key={field.id}
              field={field}
              value={values[field.id] ?? field.value}
              kept={before?.secrets.includes(field.id) ?? false}
              wrong={wrong === field.id}
              onChange={value => setValues({ ...values, [field.id]: value })}
            />
          ))}
      </div>
      <section className="cn-try">
        <h3 className="cn-sub">{t('try-title')}</h3>
        <p className="meta faint">{t('try-lead')}</p>
        <div className="cn-who">
          <TextField
            label={t('try-email')}
            type="email"
            value={who.email}
            maxLength={320}
            autoComplete="off"
            onChange={({ target }) => setWho({ ...who, email: target.value })}
          />
          <TextField
            label={t('try-phone')}
            value={who.phone}
            placeholder="+49…"
            maxLength={40}
            autoComplete="off"
            onChange={({ target }) => setWho({ ...who, phone: target.value })}
          />
          {kind.mapped && (
            <TextField
              label={t('try-external')}
              value={who.externalId}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => setWho({ ...who, externalId: target.value })}
            />
          )}
          <Button busy={busy === 'try'} disabled={offline} onClick={() => void tryIt()}>
            {t('try')}
          </Button>
        </div>
        {tried && <Trial tried={tried} mapped={kind.mapped} />}
      </section>
      {kind.mapped && (
        <MappingForm
          mapping={mapping}
          answers={answers}
          onChange={change => setMapping(known => ({ ...known, ...change }))}
        />
      )}
      <FormError>{fault ? faultSentence(fault) : wrong === 'mapping' && t('wrong')}</FormError>
      <div className="cn-actions">
        <Button kind="ink" type="submit" busy={busy === 'save'} disabled={offline}>
          {t(before ? 'save' : 'save-new')}
        </Button>
      </div>
    </form>
  )
}

const parsed = (answers: readonly string[] | null): unknown[] | null =>
  answers && answers.length > 0 ? answers.map(text => JSON.parse(text) as unknown) : null

function Trial({ tried, mapped }: { tried: RequestResult<'connectorTry'>; mapped: boolean }) {
  const t = useWords(words)
  const tell = useWords(cardWords)
  const why = (trouble: CardTrouble) => (
    <p role="status" className="pages-note">
      {troubleText(trouble, tell)}
    </p>
  )
  if (tried.trouble) return why(tried.trouble)
  if (!mapped)
    return (
      tried.card && (
        <div className="map-card">
          <CardView card={tried.card} />
        </div>
      )
    )
  if (tried.answers === null)
    return (
      <p role="status" className="pages-note">
        {t('try-long')}
      </p>
    )
  if (tried.answers.length === 0)
    return (
      <p role="status" className="faint">
        {t('try-nothing')}
      </p>
    )
  return null
}

function OneField({
  field,
  value,
  kept,
  wrong,
  onChange,
}: {
  field: ConnectorField
  value: string
  kept: boolean
  wrong: boolean
  onChange(value: string): void
}) {
  const t = useWords(words)
  const language = useLanguage() === 'en' ? 'en' : 'zh'
  const label = field.label[language]
  const fields = useFields()
  if (field.kind === 'choice' || field.kind === 'customer-field') {
    const options =
      field.kind === 'choice'
        ? field.options.map(option => ({ value: option.value, label: option.label[language] }))
        : [
            { value: NONE, label: t('no-field') },
            ...fields
              .filter(({ kind, archived }) => !archived && (kind === 'text' || kind === 'number'))
              .map(each => ({ value: each.id, label: labelOf(each, language) })),
          ]
    return (
      <div className="field">
        <span>{label}</span>
        <Select
          label={label}
          value={value || NONE}
          options={options}
          onChange={to => onChange(to === NONE ? '' : to)}
        />
        {field.hint && <span className="faint">{field.hint[language]}</span>}
      </div>
    )
  }
  const secret = field.kind === 'secret'
  const common = {
    label,
    value,
    maxLength: 4000,
    autoComplete: 'off',
    spellCheck: false,
    hint: secret ? t(kept ? 'secret-kept' : 'secret-hint') : field.hint?.[language],
    error: wrong ? t(secret ? 'secret-again' : 'wrong') : undefined,
  }
  return field.kind === 'long-text' ? (
    <div className="cn-wide">
      <TextArea {...common} rows={3} onChange={({ target }) => onChange(target.value)} />
    </div>
  ) : (
    <div className={field.id === 'address' ? 'cn-wide' : undefined}>
      <TextField
        {...common}
        type={secret ? 'password' : 'text'}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
