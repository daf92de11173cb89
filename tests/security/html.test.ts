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

describe('the watch', () => {
  test.for<[string, keyof Looked, string]>([
    ['something that runs', 'executions', '<img src=x onerror=alert(4711)>'],
    ['a request', 'connections', '<img src="http://planted.example/4711">'],
    ['a request over TLS', 'connections', '<img src="https://planted.example/4711">'],
    ['a frame that goes elsewhere', 'navigations', '<script>location="http://planted.example/4711"</script>'],
    [
      'a page that goes elsewhere',
      'navigations',
      '<script>top.location="http://planted.example/4711"</script>',
    ],
    ['a window', 'popups', '<script>open("http://planted.example/4711")</script>'],
    ['a file', 'downloads', '<a download=x.exe href="data:application/octet-stream,4711">x</a>'],
    ['the focus taken', 'focus', '<input autofocus>'],
  ])('sees %s that was planted', async ([, kind, html]) => {
    await expect
      .poll(async () => (await lab.look('nothing', [html]))[kind].length, { timeout: 30_000 })
      .toBeGreaterThan(0)
  })
})

describe('the corpus', () => {
  test('behind the sanitiser alone nothing runs, is asked for, or leads away, and nothing that could is left', {
    timeout: 600_000,
  }, async () => {
    expect(await whole(lab, 'sanitiser', vectors)).toEqual(nothing)
  })
})
