import { expect, it } from 'vitest'
import { bytesOf, filesAreMany, lettersLeft } from './limits.ts'

it('letters are counted as the channel does, and only where they are about to run out', () => {
  const limits = { textCharacters: 1000 }
  expect(lettersLeft('x'.repeat(800), limits)).toBeNull()
  expect(lettersLeft('x'.repeat(900), limits)).toBe(100)
  expect(lettersLeft('字'.repeat(1002), limits)).toBe(-2)
  // One picture is two units on the wire.
  expect(lettersLeft('😀'.repeat(500), limits)).toBe(0)
  expect(lettersLeft('x'.repeat(99_400), { textCharacters: 100_000 })).toBeNull()
  expect(lettersLeft('x'.repeat(99_600), { textCharacters: 100_000 })).toBe(400)
  expect(lettersLeft('x', undefined)).toBeNull()
})

it('files are told together when they fill half of what there is', () => {
  const limits = { attachmentBytes: 100, attachments: 4 }
  expect(filesAreMany([{ size: 40 }], limits)).toBe(false)
  expect(filesAreMany([{ size: 40 }, { size: 20 }], limits)).toBe(true)
  expect(filesAreMany([{ size: 1 }, { size: 1 }, { size: 1 }], limits)).toBe(true)
  expect(filesAreMany([], limits)).toBe(false)
  expect(bytesOf([{ size: 40 }, { size: 20 }])).toBe(60)
})
