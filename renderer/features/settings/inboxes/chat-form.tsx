import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Fault } from '#shared/protocol/fault.ts'
import { type ChatLook, type ChatMade, type InboxReport, scriptTag } from '#shared/protocol/inboxes.ts'
import { faultSentence } from '../../../app/faults.ts'
import { useLanguage, useWords } from '../../../app/i18n.ts'
import { request } from '../../../store/core.ts'
import { useChannels, useInboxes } from '../../../store/directory.ts'
import { useDesk } from '../../../store/states.ts'
import { announce } from '../../../ui/announce.tsx'
import { Button } from '../../../ui/button.tsx'
import { FormError, TextArea, TextField } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Select } from '../../../ui/select.tsx'
import { ownFirst } from '../own-first.ts'
import { ToCopy } from './to-copy.tsx'
import { words } from './words.ts'

const plain: ChatLook = {
  title: { en: 'Chat with us', zh: '在线咨询' },
  greeting: null,
  color: '#0b6e5b',
  theme: 'auto',
  side: 'right',
  form: { name: 'optional', email: 'optional' },
  origins: [],
  files: true,
  survey: true,
  mailbox: '',
}
const newGreeting = { en: 'Hello! Can we help you?', zh: '您好，需要帮忙吗？', afterSeconds: 15 }
const themes = ['auto', 'light', 'dark'] as const
const sides = ['right', 'left'] as const
/** No address: a list cannot hold an empty one. */
const FIRST = 'first'
const needs = ['no', 'optional', 'required'] as const

/** A chat on a web site: how it looks, what it asks, and the line that puts it there. */
export function ChatForm({
  inbox,
  offline,
  onDone,
}: {
  inbox: InboxReport | null
  offline: boolean
  onDone(): void
}) {
  const t = useWords(words)
  const languages = ownFirst(useLanguage())
  const hubUrl = useDesk()?.hubUrl ?? ''
  const [name, setName] = useState(inbox?.name ?? '')
  const [look, setLook] = useState<ChatLook>(() => {
    if (inbox?.about?.kind !== 'chat') return plain
    const { kind: _chat, ...known } = inbox.about
    return known
  })
  const [origins, setOrigins] = useState(look.origins.join('\n'))
  const [seconds, setSeconds] = useState(String(look.greeting?.afterSeconds ?? newGreeting.afterSeconds))
  const [wrong, setWrong] = useState<'name' | 'seconds' | 'origins' | null>(null)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const [made, setMade] = useState<ChatMade | null>(null)
  /** Sites that sign with the old secret stop being believed: asked once more. */
  const [renewing, setRenewing] = useState(false)

  const form = useRef<HTMLFormElement>(null)
  // What was filled in is gone; what is to be taken along is told once.
  useEffect(() => {
    if (made) form.current?.querySelector<HTMLElement>('.ib-copy button')?.focus()
  }, [made])

  const change = (to: Partial<ChatLook>): void => setLook(before => ({ ...before, ...to }))
  const said = (what: 'title' | 'greeting', language: 'en' | 'zh', label: string) => ({
    label,
    value: look[what]?.[language] ?? '',
    maxLength: what === 'title' ? 80 : 300,
    onChange: ({ target }: { target: { value: string } }) =>
      change({ [what]: { ...look[what], [language]: target.value } }),
  })

  const save = async (renewSecret: boolean): Promise<void> => {
    if (busy || offline) return
    const badSeconds =
      look.greeting !== null && !(/^\d{1,4}$/.test(seconds.trim()) && Number(seconds) <= 3600)
    const problem = name.trim() === '' ? 'name' : badSeconds ? 'seconds' : null
    setWrong(problem)
    setFault(null)
    if (problem) return
    setBusy(true)
    const result = await request('chatSetUp', {
      ...look,
      inboxId: made?.inboxId ?? inbox?.inboxId ?? null,
      name: name.trim(),
      greeting: look.greeting && { ...look.greeting, afterSeconds: Number(seconds) },
      origins: origins
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean),
      ...(renewSecret ? { renewSecret } : {}),
    })
    setBusy(false)
    if (!result.ok) {
      if (result.fault.params?.field === 'origins') setWrong('origins')
      else setFault(result.fault)
      return
    }
    announce(t('saved', { name: name.trim() }))
    if (result.value.secret === null) onDone()
    else setMade(result.value)
  }

  const address = made?.address ?? inbox?.address
  const mailboxes = useMailboxes(look.mailbox)
  return (
    <form
      ref={form}
      className="ib-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void save(false)
      }}
      noValidate
    >
      {address && (
        <>
          <ToCopy label={t('script')} text={scriptTag(hubUrl, address)} hint={t('script-hint')} />
          {made?.secret ? (
            <ToCopy label={t('secret')} text={made.secret} hint={t('secret-once')} strong />
          ) : (
            <div className="field">
              <span>{t('secret')}</span>
              <span className="ib-inline">
                <span className="faint">{t(renewing ? 'renew-secret-hint' : 'secret-there')}</span>
                <Button
                  small
                  kind={renewing ? 'danger-line' : 'line'}
                  disabled={offline}
                  onClick={() => (renewing ? void save(true) : setRenewing(true))}
                >
                  {t('renew-secret')}
                </Button>
              </span>
            </div>
          )}
        </>
      )}
      {made ? (
        <div className="ib-actions">
          <Button kind="ink" onClick={onDone}>
            {t('done')}
          </Button>
        </div>
      ) : (
        <>
          <TextField
            label={t('chat-name')}
            value={name}
            maxLength={200}
            error={wrong === 'name' ? t('name-missing') : undefined}
            onChange={({ target }) => setName(target.value)}
          />
          <div className="ib-pair">
            {languages.map(each => (
              <TextField key={each} {...said('title', each, t(`chat-title-${each}`))} />
            ))}
          </div>
          <div className="ib-pair">
            <div className="field">
              <label htmlFor="ib-color">{t('color')}</label>
              <input
                id="ib-color"
                className="ib-color"
                type="color"
                value={look.color}
                onChange={({ target }) => change({ color: target.value })}
              />
            </div>
            <Chosen label={t('theme')}>
              <Segmented
                label={t('theme')}
                value={look.theme}
                options={themes.map(value => ({ value, label: t(`theme-${value}`) }))}
                onChange={theme => change({ theme })}
              />
            </Chosen>
            <Chosen label={t('side')}>
              <Segmented
                label={t('side')}
                value={look.side}
                options={sides.map(value => ({ value, label: t(`side-${value}`) }))}
                onChange={side => change({ side })}
              />
            </Chosen>
          </div>
          <div className="ib-pair">
            {(['name', 'email'] as const).map(what => (
              <Chosen key={what} label={t(`ask-${what}`)}>
                <Select
                  label={t(`ask-${what}`)}
                  value={look.form[what]}
                  options={needs.map(value => ({ value, label: t(`need-${value}`) }))}
                  onChange={need => change({ form: { ...look.form, [what]: need } })}
                />
              </Chosen>
            ))}
          </div>
          <Chosen label={t('chat-mailbox')}>
            <Select
              label={t('chat-mailbox')}
              value={look.mailbox || FIRST}
              options={[{ value: FIRST, label: t('first-mailbox') }, ...mailboxes]}
              onChange={mailbox => change({ mailbox: mailbox === FIRST ? '' : mailbox })}
            />
            <span className="faint">{t('chat-mailbox-hint')}</span>
          </Chosen>
          <label className="ib-check">
            <input
              type="checkbox"
              checked={look.files ?? true}
              onChange={({ target }) => change({ files: target.checked })}
            />
            {t('chat-files')}
          </label>
          <label className="ib-check">
            <input
              type="checkbox"
              checked={look.survey ?? true}
              onChange={({ target }) => change({ survey: target.checked })}
            />
            {t('chat-survey')}
          </label>
          <label className="ib-check">
            <input
              type="checkbox"
              checked={look.greeting !== null}
              onChange={({ target }) => change({ greeting: target.checked ? newGreeting : null })}
            />
            {t('greet')}
          </label>
          {look.greeting && (
            <div className="ib-pair">
              {languages.map(each => (
                <TextField key={each} {...said('greeting', each, t(`greeting-${each}`))} />
              ))}
              <TextField
                label={t('greeting-after')}
                inputMode="numeric"
                value={seconds}
                error={wrong === 'seconds' ? t('seconds-wrong') : undefined}
                onChange={({ target }) => setSeconds(target.value)}
              />
            </div>
          )}
          <TextArea
            label={t('origins')}
            hint={t('origins-hint')}
            spellCheck={false}
            value={origins}
            error={wrong === 'origins' ? t('origins-wrong') : undefined}
            onChange={({ target }) => setOrigins(target.value)}
          />
          <FormError>{fault && faultSentence(fault)}</FormError>
          <div className="ib-actions">
            <Button kind="ink" type="submit" busy={busy} disabled={offline}>
              {t('save')}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}

/** The inboxes for mail, and the one that is set though it is there no more. */
function useMailboxes(set = ''): { value: string; label: string }[] {
  const inboxes = useInboxes()
  const channels = useChannels()
  const there = [...inboxes.values()]
    .filter(({ active, channel }) => active && channels.get(channel)?.family === 'email')
    .map(({ address }) => address)
  return [...new Set(set ? [set, ...there] : there)].map(address => ({ value: address, label: address }))
}

const Chosen = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div className="field">
    <span aria-hidden="true">{label}</span>
    {children}
  </div>
)
