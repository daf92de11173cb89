import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vectors } from './corpus/index.ts'
import { whole } from './corpus-runs.ts'
import { type Laboratory, type Looked, openLaboratory } from './laboratory.ts'

const nothing: Looked = {
  ...{ executions: [], requests: [], refused: [], connections: [] },
  ...{ navigations: [], popups: [], downloads: [], left: [], focus: [] },
}

let lab: Laboratory
beforeAll(async () => {
  lab = await openLaboratory()
})
afterAll(() => lab?.close())

describe('the corpus', () => {
  test('behind the sanitiser alone nothing runs, is asked for, or leads away, and nothing that could is left', {
    timeout: 600_000,
  }, async () => {
    expect(await whole(lab, 'sanitiser', vectors)).toEqual(nothing)
  })
})

// After the corpus: what a planted deed does may be seen late.
describe('the watch', () => {
  test.for<[string, keyof Looked, string]>([
    ['something that runs', 'executions', '<img src=x onerror=alert("planted1")>'],
    ['a request', 'connections', '<img src="http://planted2.example">'],
    ['a request over TLS', 'connections', '<img src="https://planted3.example">'],
    ['a frame that goes elsewhere', 'navigations', '<script>location="http://planted4.example"</script>'],
    ['a page that goes elsewhere', 'navigations', '<script>top.location="http://planted5.example"</script>'],
    // Its address is stopped before there is a page; desk.test.ts sees the page itself.
    ['a window', 'navigations', '<a target=_blank href="http://planted6.example">x</a>'],
    ['a file', 'downloads', '<a download=x.exe href="data:application/octet-stream,planted7">x</a>'],
    ['the focus taken', 'focus', '<input autofocus>'],
  ])('sees %s that was planted', async ([, kind, html]) => {
    const planted = /planted\d/.exec(html)?.[0] ?? '0'
    const seen: string[] = []
    await expect
      .poll(
        async () => {
          seen.push(...(await lab.look('nothing', [html]))[kind])
          return seen.some(line => line.includes(planted))
        },
        { timeout: 60_000 },
      )
      .toBe(true)
  })
})
