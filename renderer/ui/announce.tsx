// What a screen reader says without the focus moving: one polite region for the whole desk.
import { create } from 'zustand'

const useWordsSaid = create<{ text: string; turn: number }>(() => ({ text: '', turn: 0 }))

/** Says a short sentence. The same sentence twice is said twice. */
export const announce = (text: string): void =>
  useWordsSaid.setState(({ turn }) => ({ text, turn: turn + 1 }))

/** Mounted once, by the shell. */
export function Announcer() {
  const { text, turn } = useWordsSaid()
  return (
    <div className="sr" role="status" aria-live="polite">
      <span key={turn}>{text}</span>
    </div>
  )
}
