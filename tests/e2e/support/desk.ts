import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { z } from 'zod'
import { chromiumForPages, wholeChromium } from '../../../build/scripts/chromium.ts'
import { password } from './hub.ts'
import { type Program, startProgram } from './process.ts'

const Ready = z.object({ ready: z.literal(true), url: z.string() })

export interface DeskOptions {
  hubUrl: string
  email: string
  locale?: string
  theme?: 'light' | 'dark'
  size?: { width: number; height: number }
  /** Another program may look into the browser, too: its port is in the browser's data. */
  inspected?: boolean
  /** In the whole of Chromium, with all that it keeps in its data. */
  whole?: boolean
}

/** A desk: its core in a process of its own, its renderer in a Chromium with a profile of its own. */
export class TestDesk {
  readonly folder: string
  page!: Page
  readonly #options: DeskOptions
  #program: Program<z.infer<typeof Ready>> | undefined
  #browser: BrowserContext | undefined

  private constructor(folder: string, options: DeskOptions) {
    this.folder = folder
    this.#options = options
  }

  /** Opens a desk that nobody is signed in at. */
  static async open(options: DeskOptions): Promise<TestDesk> {
    const desk = new TestDesk(await mkdtemp(join(tmpdir(), 'skein-desk-')), options)
    await desk.start()
    return desk
  }

  /** Opens a desk and signs in. */
  static async signedIn(options: DeskOptions): Promise<TestDesk> {
    const desk = await TestDesk.open(options)
    await desk.signIn()
    return desk
  }

  get profile(): string {
    return join(this.folder, 'profile')
  }
  get browserData(): string {
    return join(this.folder, 'browser')
  }
  log(): string {
    return this.#program?.log() ?? ''
  }

  async start(): Promise<void> {
    const {
      locale = 'en-GB',
      theme = 'light',
      size = { width: 1440, height: 900 },
      inspected,
      whole,
    } = this.#options
    this.#program = await startProgram({
      command: [
        'build/scripts/desk.ts',
        '--browser',
        '--profile',
        this.profile,
        '--key-file',
        join(this.folder, 'key'),
      ],
      ready: Ready,
    })
    const browser = whole ? wholeChromium() : chromiumForPages()
    this.#browser = await chromium.launchPersistentContext(this.browserData, {
      ...browser,
      args: [...browser.args, ...(inspected ? ['--remote-debugging-port=0'] : [])],
      viewport: size,
      deviceScaleFactor: 1.25,
      locale,
      colorScheme: theme,
      timezoneId: 'Europe/Amsterdam',
    })
    // Whoever presses what is not there is told so, before the whole test has run out of time.
    this.#browser.setDefaultTimeout(45_000)
    this.page = this.#browser.pages()[0] ?? (await this.#browser.newPage())
    await this.page.goto(this.#program.ready.url)
  }

  async signIn(email = this.#options.email, word = password, hubUrl = this.#options.hubUrl): Promise<void> {
    await this.page.getByLabel(/^(Hub address|中枢地址)/).fill(hubUrl)
    await this.page.getByLabel(/^(Email|邮箱)/).fill(email)
    await this.page.getByLabel(/^(Password|密码)/).fill(word)
    await this.page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
  }

  /** As when the machine loses power: core and page are gone at once. */
  async kill(): Promise<void> {
    await this.#program?.stop('SIGKILL')
    await this.#browser?.close()
    this.#program = undefined
    this.#browser = undefined
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    await this.#program?.stop()
    this.#browser = undefined
    this.#program = undefined
  }

  async remove(): Promise<void> {
    await this.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
