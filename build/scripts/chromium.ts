// Where the tests' browser is, and how it is started so that it never reaches for the network by itself.
import { accessSync, constants } from 'node:fs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const runnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The browser for tests: $CHROMIUM, else a usual place; undefined leaves the choice to Playwright's own download. */
export const findChromium = (): string | undefined => process.env.CHROMIUM || usual.find(runnable)

/** No sandbox as root (Chromium refuses to start otherwise); no background traffic; deterministic rendering. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
]

/** The same engine without the browser around it. Debian has it in a package of its own. */
const withoutWindows = '/usr/bin/chromium-headless-shell'

/** What Playwright needs to start a browser. */
interface Launch {
  args: string[]
  executablePath?: string
}

const launch = (executablePath: string | undefined): Launch => ({
  args: chromiumArgs,
  ...(executablePath ? { executablePath } : {}),
})

/**
 * How a test starts the browser for its pages. Chromium draws tabs and toolbar as pages of its own, even headless; without
 * them a fresh context costs a fifth of the processor's time (0.2 s instead of 1.0).
 */
export const chromiumForPages = (): Launch =>
  launch(process.env.CHROMIUM || (runnable(withoutWindows) ? withoutWindows : findChromium()))

/** For a test in which the browser around the page counts: what it keeps on the disk, what it does with what a page holds. */
export const wholeChromium = (): Launch => launch(findChromium())
