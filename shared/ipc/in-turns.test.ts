import { describe, expect, it } from 'vitest'
import { inTurns } from './in-turns.ts'
import type { Port } from './port.ts'

function pair() {
  const sent: unknown[] = []
  let hear = (_message: unknown): void => {}
  let closed = 0
  const bare: Port = {
    post: message => void sent.push(message),
    onMessage(listener) {
      hear = listener
    },
    onClose: () => {},
    close: () => void closed++,
  }
  return { port: inTurns(bare), sent, say: (message: unknown) => hear(message), closed: () => closed }
}

describe('a port in turns', () => {
  it('says in one message what is said in one turn, in its order, and a single thing as it is', async () => {
    const { port, sent } = pair()
    port.post({ n: 1 })
    port.post({ n: 2 })
    expect(sent).toEqual([])
    await Promise.resolve()
    port.post({ n: 3 })
    await Promise.resolve()
    expect(sent).toEqual([[{ n: 1 }, { n: 2 }], { n: 3 }])
  })

  it('hears each of them', () => {
    const { port, say } = pair()
    const heard: unknown[] = []
    port.onMessage(message => heard.push(message))
    say([{ n: 1 }, { n: 2 }])
    say({ n: 3 })
    expect(heard).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('says what is left before it closes, and nothing afterwards', async () => {
    const { port, sent, closed } = pair()
    port.post({ n: 1 })
    port.close()
    await Promise.resolve()
    expect(sent).toEqual([{ n: 1 }])
    expect(closed()).toBe(1)
  })
})
