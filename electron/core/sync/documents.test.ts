import { describe, expect, test } from 'vitest'
import { jsonExtension } from '#shared/protocol/socket.ts'
import { readDocuments } from './documents.ts'

const text = (json: string) => [jsonExtension, Buffer.from(json)]

describe('documents that came as text', () => {
  test('are objects afterwards; those that came as objects stay', () => {
    const doc = { id: 'tag', name: '紧急' }
    const patch = {
      rows: [
        { type: 'tag', doc: text(JSON.stringify(doc)) },
        { type: 'tag', doc },
      ],
    }
    expect(readDocuments(patch)).toEqual({
      rows: [
        { type: 'tag', doc },
        { type: 'tag', doc },
      ],
    })
  })

  test('text that is not JSON becomes nothing, which the border refuses', () => {
    expect(readDocuments({ rows: [{ doc: text('{"a":') }] })).toEqual({ rows: [{ doc: undefined }] })
  })

  test.each([
    undefined,
    null,
    1,
    {},
    { rows: 1 },
    { rows: [null, 1, { doc: [jsonExtension, 'text'] }, { doc: [7] }] },
  ])('whatever else comes is left alone (%#)', message => {
    expect(readDocuments(structuredClone(message))).toEqual(message)
  })
})
