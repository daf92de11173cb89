import clsx from 'clsx'
import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import './field.css'
import { Icon } from './icon.tsx'

interface FieldProps {
  label: string
  /** What is wrong with it, said on the spot. */
  error?: string | undefined
  hint?: ReactNode
}

/** A labelled line of text. */
export function TextField({ label, error, hint, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <input
        {...rest}
        id={id}
        className={clsx('input', error && 'input-bad', className)}
        aria-invalid={error ? true : rest['aria-invalid']}
        aria-describedby={error || hint ? `${id}-more` : undefined}
      />
    </Frame>
  )
}

/** A labelled text of several lines. */
export function TextArea({
  label,
  error,
  hint,
  className,
  ...rest
}: FieldProps & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <Frame id={id} label={label} error={error} hint={hint}>
      <textarea
        {...rest}
        id={id}
        className={clsx('input input-lines', error && 'input-bad', className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-more` : undefined}
      />
    </Frame>
  )
}

function Frame({ id, label, error, hint, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {(error || hint) && (
        <span id={`${id}-more`} className={error ? 'field-error' : 'faint'}>
          {error && <Icon of={CircleAlert} size="xs" />}
          {error ?? hint}
        </span>
      )}
    </div>
  )
}

/** A sentence about a whole form, read out when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p className="form-error" role="alert">
      {children && (
        <>
          <Icon of={CircleAlert} size="s" />
          <span>{children}</span>
        </>
      )}
    </p>
  )
}
