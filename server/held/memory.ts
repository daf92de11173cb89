import type { Held } from './held.ts'

/** For one hub without a database, and for tests of several: hand the same one to each. */
export function memoryHeld(now: () => number = Date.now): Held {
  const leases = new Map<string, { holder: string; fence: number; until: number }>()
  const kept = new Map<string, Map<string, { text: string; fence: number }>>()
  return {
    async take(name, holder, milliseconds) {
      const there = leases.get(name)
      if (there && there.holder !== holder && there.until > now()) return null
      const fence = there ? there.fence + (there.holder === holder && there.until > now() ? 0 : 1) : 1
      leases.set(name, { holder, fence, until: now() + milliseconds })
      return fence
    },
    async release(name, holder) {
      const there = leases.get(name)
      if (there?.holder === holder) there.until = 0
    },
    async releaseAll() {
      for (const lease of leases.values()) lease.until = 0
    },
    async note(inboxId, name) {
      const note = kept.get(inboxId)?.get(name)
      return note && JSON.parse(note.text)
    },
    async notes(inboxId) {
      return [...(kept.get(inboxId) ?? [])].map(([name, { text }]) => ({ name, doc: JSON.parse(text) }))
    },
    async putNote(inboxId, name, doc, fence) {
      const notes = kept.get(inboxId) ?? new Map<string, { text: string; fence: number }>()
      kept.set(inboxId, notes)
      if ((notes.get(name)?.fence ?? 0) > fence) return false
      notes.set(name, { text: JSON.stringify(doc), fence })
      return true
    },
  }
}
