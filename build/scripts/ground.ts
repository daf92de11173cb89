// What the tests need from the machine itself. As root on Debian it is installed by apt; elsewhere one sentence says what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { chromiumForPages, findChromium } from './chromium.ts'

interface Need {
  what: string
  packages: string[]
  isThere: () => boolean
}

/** What makes the tests quicker where it can be had; nobody misses it elsewhere. */
const wishes: Need[] = [
  {
    what: 'Chromium without its windows',
    packages: ['chromium-headless-shell'],
    isThere: () => process.env.CHROMIUM !== undefined || chromiumForPages().executablePath !== findChromium(),
  },
]

const hasChineseFont = (): boolean => {
  if (process.platform !== 'linux') return true // Windows and macOS bring their own
  const found = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return found.status === 0 && found.stdout.trim() !== ''
}

const needs: Need[] = [
  { what: 'Chromium', packages: ['chromium'], isThere: () => findChromium() !== undefined },
  { what: 'a Chinese font', packages: ['fontconfig', 'fonts-noto-cjk'], isThere: hasChineseFont },
  {
    what: 'the program `strings`',
    packages: ['binutils'],
    isThere: () => process.platform === 'win32' || spawnSync('strings', ['--version']).status === 0,
  },
  {
    what: 'libfiu (a disk that fails by chance)',
    packages: ['fiu-utils'],
    isThere: () => process.platform !== 'linux' || spawnSync('fiu-run', ['-h']).error === undefined,
  },
  {
    what: 'Dovecot (a mail server)',
    packages: ['dovecot-imapd', 'openssl'],
    // Elsewhere the tests that need it are skipped by name.
    isThere: () => process.platform !== 'linux' || existsSync('/usr/sbin/dovecot'),
  },
]

const aptInstall = (packages: string[]): boolean => {
  const run = (args: string[]): boolean =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      // RUNLEVEL: no service of a package is started; tests start their own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  return run(install) || (run(['update', '-q']) && run(install))
}

/**
 * Installs what can be installed and names the rest.
 * @returns the things that are still missing, in words for a person; empty when everything is there
 */
export const prepareGround = (): string[] => {
  const missing = needs.filter(need => !need.isThere())
  const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (debianRoot) {
    // One at a time with what is only wished for: a package that this Debian does not have must not hold up the others.
    for (const wanted of [missing, ...wishes.filter(wish => !wish.isThere()).map(wish => [wish])]) {
      if (wanted.length === 0) continue
      console.error(`Installing ${wanted.map(need => need.what).join(', ')} by apt.`)
      aptInstall(wanted.flatMap(need => need.packages))
    }
  }
  return missing.filter(need => !need.isThere()).map(need => need.what)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = prepareGround()
  if (missing.length > 0) {
    console.error(
      `Missing on this machine: ${missing.join(', ')}. Install it (or set CHROMIUM to a browser) and run this again.`,
    )
    process.exit(1)
  }
}
