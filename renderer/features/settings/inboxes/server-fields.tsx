import type { MailServer } from '#shared/protocol/inboxes.ts'
import { useWords } from '../../../app/i18n.ts'
import { TextField } from '../../../ui/field.tsx'
import { Select } from '../../../ui/select.tsx'
import type { MailProblems, ServerValues } from './mail-values.ts'
import { words } from './words.ts'

const securities: readonly MailServer['security'][] = ['tls', 'starttls', 'none']

/** Where a mail server is and how one talks to it. */
export function ServerFields({
  side,
  values,
  problems,
  onChange,
}: {
  side: 'imap' | 'smtp'
  values: ServerValues
  problems: MailProblems
  onChange(change: Partial<ServerValues>): void
}) {
  const t = useWords(words)
  const error = (field: keyof ServerValues): string | undefined => {
    const problem = problems[`${side}.${field}`]
    return problem && t(problem as 'host-missing')
  }
  return (
    <fieldset className="ib-server">
      <legend>{t(side)}</legend>
      <TextField
        label={t('host')}
        name={`${side}.host`}
        value={values.host}
        error={error('host')}
        autoCapitalize="off"
        spellCheck={false}
        onChange={({ target }) => onChange({ host: target.value })}
      />
      <TextField
        label={t('port')}
        name={`${side}.port`}
        value={values.port}
        error={error('port')}
        inputMode="numeric"
        onChange={({ target }) => onChange({ port: target.value })}
      />
      <div className="field">
        <span aria-hidden="true">{t('security')}</span>
        <Select
          label={`${t(side)}: ${t('security')}`}
          value={values.security}
          options={securities.map(value => ({ value, label: t(`security-${value}`) }))}
          onChange={security => onChange({ security })}
        />
        {error('security') && <span className="field-error">{error('security')}</span>}
      </div>
    </fieldset>
  )
}
