// Electron's entry: says where things lie and runs the shell. Everything that can be tested is in shell.ts and its parts.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import electron from 'electron'
import { runShell } from './shell.ts'

const out = join(import.meta.dirname, '..')
const { app } = electron
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { profile: { type: 'string' }, hub: { type: 'string' } },
  strict: false,
})

// Only from a checkout: a package keeps its data where the system says, and nobody can point it elsewhere.
if (!app.isPackaged && typeof values.profile === 'string') app.setPath('userData', values.profile)

// Not awaited: Electron becomes ready only after this module has been evaluated.
void runShell(electron, {
  preload: join(out, 'preload', 'index.cjs'),
  passphrasePreload: join(out, 'preload', 'passphrase.cjs'),
  renderer: join(out, 'renderer'),
  core: join(out, 'main', 'core.js'),
  icon: join(out, 'icons', 'icon.png'),
  trayIcon: join(out, 'icons', process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
  argv: process.argv,
  signIn: app.isPackaged ? undefined : process.env.SKEIN_SIGN_IN,
  hubUrl: !app.isPackaged && typeof values.hub === 'string' ? values.hub : undefined,
})
