import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { create } from 'zustand'
import { forgetKept, keep, keepOf, keepStore, kept, keptOf } from './kept.ts'

class Session {
  getItem(name: string): string | null {
    return (this as unknown as Record<string, string>)[name] ?? null
  }
  setItem(name: string, value: string): void {
    Object.assign(this, { [name]: value })
  }
  removeItem(name: string): void {
    Reflect.deleteProperty(this, name)
  }
}

const Place = z.object({ at: z.string().nullable(), open: z.boolean() })
const store = () => create(() => ({ at: null as string | null, open: false, words: '' }))

describe('what outlives the page', () => {
  beforeEach(() => {
    vi.stubGlobal('document', {})
    vi.stubGlobal('sessionStorage', new Session())
    return () => vi.unstubAllGlobals()
  })

  it('is put back into the store of the next page, and nothing else is', () => {
    const first = store()
    keepStore(first, 'place', Place)
    first.setState({ at: 'c1', open: true, words: 'Dear Maria' })
    expect(JSON.stringify(sessionStorage)).not.toContain('Maria')
    const next = store()
    keepStore(next, 'place', Place)
    expect(next.getState()).toEqual({ at: 'c1', open: true, words: '' })
  })

  it('is not taken from another version, nor from somebody who wrote there', () => {
    keep('place', { at: 7 })
    const next = store()
    keepStore(next, 'place', Place)
    expect(next.getState().at).toBeNull()
    sessionStorage.setItem('skein.place', '{')
    expect(kept('place', Place)).toBeUndefined()
  })

  it('belongs to one thing', () => {
    keepOf('sight', 'one', 40)
    expect(keptOf('sight', 'one', z.int())).toBe(40)
    expect(keptOf('sight', 'other', z.int())).toBeUndefined()
  })

  it('S9: is gone when somebody signs out', () => {
    keepOf('sight', 'one', 40)
    sessionStorage.setItem('foreign', 'stays')
    forgetKept()
    expect(Object.keys(sessionStorage)).toEqual(['foreign'])
  })

  it('is nothing where there is no page', () => {
    vi.unstubAllGlobals()
    keep('place', 1)
    expect(kept('place', z.int())).toBeUndefined()
  })
})
