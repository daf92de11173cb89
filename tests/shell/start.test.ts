// `npm start` as a person types it, on a machine without a display: everything real, the browser included.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../build/scripts/bundles.ts'
import { chromiumForPages } from '../../build/scripts/chromium.ts'

let home: string
let browser: Browser
const started: ChildProcess[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'skein-start-'))
  await chmod(home, 0o755) // the database runs as a user of its own
  browser = await chromium.launch(chromiumForPages())
})
afterAll(async () => {
  await browser.close()
  for (const child of started) await end(child, 'SIGKILL')
  await rm(home, { recursive: true, force: true })
})

const run = () => {
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, '.config') }
  delete env.DISPLAY
  const child = spawn(
    process.execPath,
    [join(root, 'build/scripts/start.ts'), '--browser', '--data', join(home, 'data')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    },
  )
  started.push(child)
  let said = ''
  child.stderr.on('data', data => {
    said += data
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', line =>
      resolve((JSON.parse(line) as { url: string }).url),
    )
    void ended.then(code => reject(new Error(`ended with ${code}\n${said}`)))
  })
  url.catch(() => {})
  return { child, url, ended, said: () => said }
}

const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> => {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill(signal)
  return gone
}

const hubAnswers = (said: string): Promise<boolean> =>
  fetch(said.match(/Hub: (\S+)/)![1]!).then(
    () => true,
    () => false,
  )

/** The desk is there when its list is: conversations of the seeded workspace, which only a signed-in desk has. */
const seesConversations = async (url: string): Promise<void> => {
  const page = await browser.newPage()
  await page.goto(url)
  await page.getByRole('option').first().waitFor()
  expect(await page.getByLabel(/^Password/).count()).toBe(0)
  await page.close()
}

test('the first start sets up a hub and a seeded workspace, opens the desk signed in, says where, and Ctrl-C stops all of it; the second goes on', async () => {
  const first = run()
  await seesConversations(await first.url)
  expect(first.said()).toContain('Opening the desk in a browser')
  expect(await hubAnswers(first.said())).toBe(true)

  const database = join(home, 'data/hub/postgres/cluster/postmaster.pid')
  expect(await readFile(database, 'utf8')).toContain('cluster')

  const beside = run()
  expect(await beside.ended).toBe(1)
  expect(beside.said()).toMatch(/^Skein runs here already/)

  await end(first.child, 'SIGINT')
  expect(await hubAnswers(first.said())).toBe(false)
  await expect(readFile(database)).rejects.toThrow('ENOENT')

  const second = run()
  await seesConversations(await second.url)
  expect(second.said()).not.toContain('The first start')
  await end(second.child, 'SIGTERM')
  expect(await hubAnswers(second.said())).toBe(false)
}, 240_000)
