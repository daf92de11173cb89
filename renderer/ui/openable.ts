import { create } from 'zustand'

export interface Openable {
  useOpen(): boolean
  open(): void
  close(): void
}

/** What is opened from anywhere, and is made anew each time: nothing of it is kept while it is closed. */
export function openable(): Openable {
  const use = create(() => ({ open: false }))
  return {
    useOpen: () => use(({ open }) => open),
    open: () => use.setState({ open: true }),
    close: () => use.setState({ open: false }),
  }
}
