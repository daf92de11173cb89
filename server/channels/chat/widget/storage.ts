/**
 * What the widget keeps in the browser, shared by all tabs of a site. Each message that has not been taken by the hub has a key
 * of its own, so that two tabs never write over each other's. Where a page may keep nothing, it is kept while the page is open.
 */
export interface Kept {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

export function browserStorage(): Kept {
  try {
    const { localStorage } = globalThis
    localStorage.setItem('skein-chat:try', '1')
    localStorage.removeItem('skein-chat:try')
    return keptIn(localStorage)
  } catch {
    return memoryStorage()
  }
}

export function keptIn(storage: Storage): Kept {
  return {
    get: key => storage.getItem(key),
    set(key, value) {
      try {
        storage.setItem(key, value)
      } catch {
        // Full: it lives as long as this page.
      }
    },
    remove: key => storage.removeItem(key),
    keys: () => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''),
  }
}

export function memoryStorage(): Kept {
  const all = new Map<string, string>()
  return {
    get: key => all.get(key) ?? null,
    set: (key, value) => void all.set(key, value),
    remove: key => void all.delete(key),
    keys: () => [...all.keys()],
  }
}

/** Random bytes as base64url; also on pages without https, where `crypto.randomUUID` is missing. */
export function randomWord(bytes: number): string {
  const all = crypto.getRandomValues(new Uint8Array(bytes))
  return btoa(String.fromCharCode(...all))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

export function randomId(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}
