import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import './segmented.css'

/** One of two or three, all in sight; arrows move. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode }[]
  onChange: (value: Value) => void
}) {
  return (
    <RadioGroup.Root
      className="segmented"
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={next => onChange(next as Value)}
    >
      {options.map(option => (
        <RadioGroup.Item className="segment" key={option.value} value={option.value}>
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
