// npm start: a hub with a demonstration workspace, and the desk, signed in. In Electron where its program can be had and shown,
// otherwise in a browser of this machine; which one, and why, is said.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { onEnd } from './child.ts'
import { type Account, startDemonstration, usualFolder } from './demonstration.ts'
import { fetchElectron, findElectron, whyNoElectron } from './electron-binary.ts'
import { openElectron, openPreview, signIn } from './open-desk.ts'
import { sentenceOf } from './sentences.ts'

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    data: { type: 'string', default: usualFolder },
  },
})

const folder = resolve(values.data)

const electronOrReason = async (): Promise<{ program: string } | { reason: string }> => {
  if (values.browser) return { reason: 'as you asked' }
  const obstacle = whyNoElectron()
  if (obstacle !== undefined) return { reason: `Electron cannot run here: ${obstacle}` }
  if (findElectron() === undefined) say('Fetching the Electron program (the first time only).')
  const program = findElectron() ?? (await fetchElectron())
  return program === undefined ? { reason: 'the Electron program cannot be fetched from here' } : { program }
}

const signedInPreview = async (hub: string, account: Account): Promise<string> => {
  const desk = await openPreview({ profile: join(folder, 'desk-browser'), hub, port: Number(values.port) })
  onStop(desk.close)
  const signedIn = await signIn(desk, { hubUrl: hub, ...account })
  if (!signedIn.ok) say(`The desk is open, but signing in failed: ${signedIn.fault.kind}.`)
  return desk.url
}

const openInBrowser = (url: string): void => {
  const onLinux =
    process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? (['xdg-open', [url]] as const) : undefined
  const opener =
    { win32: ['cmd', ['/c', 'start', '', url]] as const, darwin: ['open', [url]] as const }[
      process.platform as string
    ] ?? onLinux
  if (opener === undefined) return
  spawn(opener[0], opener[1], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

const stops: (() => Promise<void>)[] = []
const onStop = (stop: () => Promise<void>): void => void stops.unshift(stop)
const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0)) await stop()
}

const main = async (): Promise<void> => {
  onEnd(stopAll)
  const { url, smtp, account, hub } = await startDemonstration(folder)
  onStop(hub.stop)
  void hub.ended.then(
    code => stops.length > 0 && say(`The hub has ended (${code}); the desk goes on without it.`),
  )
  const choice = await electronOrReason()
  say(
    `Hub: ${url} (mail on port ${smtp}). Account: ${account.email}, password in ${join(folder, 'account.json')}. Ctrl-C stops everything.`,
  )
  if ('program' in choice) {
    say('Opening the desk in Electron.')
    const env = { ...process.env, SKEIN_SIGN_IN: JSON.stringify({ hubUrl: url, ...account }) }
    const desk = openElectron(choice.program, { profile: join(folder, 'desk'), hub: url }, env)
    onStop(desk.stop)
    await desk.ended
    await stopAll()
    return
  }
  const address = await signedInPreview(url, account)
  say(`Opening the desk in a browser (${choice.reason}):`)
  console.log(JSON.stringify({ ready: true, url: address }))
  openInBrowser(address)
}

main().catch(async error => {
  say(sentenceOf(error))
  await stopAll()
  process.exit(1)
})
