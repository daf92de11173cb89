// The one page of the shell itself: it asks for a passphrase where the system has no keychain, before the core can run.
import type { PageFile } from '../page/files.ts'
import type { Locale, Words } from './words.ts'

const style = `
:root { color-scheme: light dark; --ink: #1c1b19; --ground: #f3f1ed; --card: #fff; --line: #8c877d; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #edebe6; --ground: #101012; --card: #211f1d; --line: #8f8a81; --bad: #ff8f86 } }
body { margin: 0; height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink);
  font: 13px/18px Inter, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", system-ui, sans-serif }
form { width: 320px; display: grid; gap: 12px }
h1 { margin: 0; font-size: 16px; line-height: 20px }
p { margin: 0 }
input { height: 32px; padding: 0 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: inherit; font: inherit }
button { height: 32px; border: 0; border-radius: 6px; background: var(--ink); color: var(--card); font: inherit; font-weight: 600 }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
[role=alert] { min-height: 18px; color: var(--bad) }
`

const script = `
const form = document.querySelector('form')
const field = document.querySelector('input')
const alert = document.querySelector('[role=alert]')
form.addEventListener('submit', async event => {
  event.preventDefault()
  alert.textContent = ''
  if (await window.passphrase.open(field.value)) return
  alert.textContent = alert.dataset.sentence
  field.select()
})
field.focus()
`

const html = (locale: Locale, words: Words, first: boolean): string => `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<title>Skein</title>
<link rel="stylesheet" href="/passphrase.css">
<form>
  <h1>${first ? words.choosePassphrase : words.enterPassphrase}</h1>
  <p id="why">${first ? words.choosePassphraseWhy : words.enterPassphraseWhy}</p>
  <input type="password" required aria-label="${words.passphrase}" aria-describedby="why" autocomplete="off">
  <p role="alert" data-sentence="${first ? words.shortPassphrase : words.wrongPassphrase}"></p>
  <button>${words.open}</button>
</form>
<script type="module" src="/passphrase.js"></script>
</html>
`

const file = (type: string, text: string): PageFile => ({ type, body: new TextEncoder().encode(text) })

/** @param first whether a passphrase is chosen (first start) or asked for */
export const passphrasePages = (locale: Locale, words: Words, first: boolean): [string, PageFile][] => [
  ['/passphrase.html', file('text/html; charset=utf-8', html(locale, words, first))],
  ['/passphrase.css', file('text/css; charset=utf-8', style)],
  ['/passphrase.js', file('text/javascript; charset=utf-8', script)],
]
