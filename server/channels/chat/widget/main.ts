/**
 * `<script src="https://HUB/v1/channels/chat/widget.js" data-inbox="ADDRESS" async></script>` and nothing else. Further words of
 * the tag: data-token (who the user is, signed by the site), data-language, data-theme. `window.SkeinChat` opens, closes, and
 * tells a new token to a page that signs its user in without reloading.
 */
import { PublicSettings, read } from '../protocol.ts'
import { browserPost } from './browser-post.ts'
import { ChatClient } from './client.ts'
import { browserStorage } from './storage.ts'
import { openView, type View } from './view.ts'
import { languageOf, wordsIn } from './words.ts'

interface Api {
  open(): void
  close(): void
  identify(token: string | null): void
}
declare global {
  interface Window {
    SkeinChat?: Api
  }
}

const script = document.currentScript as HTMLScriptElement | null
if (script && !window.SkeinChat) {
  const wanted: { open: boolean; token: string | null } = { open: false, token: script.dataset.token || null }
  let running: { view: View; identify(token: string | null): void } | undefined
  window.SkeinChat = {
    open: () => {
      wanted.open = true
      running?.view.open()
    },
    close: () => {
      wanted.open = false
      running?.view.close()
    },
    identify: token => {
      wanted.token = token
      running?.identify(token)
    },
  }
  const begin = (): void => void start(script, wanted).then(started => (running = started))
  // The tag may stand in the head, before there is a body to stand in.
  if (document.body) begin()
  else document.addEventListener('DOMContentLoaded', begin)
}

async function start(
  tag: HTMLScriptElement,
  wanted: { open: boolean; token: string | null },
): Promise<{ view: View; identify(token: string | null): void } | undefined> {
  const inbox = tag.dataset.inbox ?? ''
  const base = new URL('.', tag.src)
  const settings = await settingsOf(new URL(`config?inbox=${encodeURIComponent(inbox)}`, base))
  if (!settings) return undefined
  const kept = browserStorage()
  const language = languageOf(tag.dataset.language ?? null)
  const url = new URL('socket', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'

  const show = (token: string | null): { view: View; client: ChatClient; wasOpen: boolean } => {
    const host = document.createElement('div')
    host.id = 'skein-chat'
    host.dataset.wanted = tag.dataset.theme ?? ''
    let view: View | undefined
    const client = new ChatClient(
      {
        url: url.href,
        inbox,
        token,
        kept,
        open: address => new WebSocket(address),
        post: browserPost(base),
        at: () => ({
          page: location.href.slice(0, 2000),
          title: document.title.slice(0, 300),
          locale: (document.documentElement.lang || navigator.language).slice(0, 35),
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? '',
        }),
        changed: () => view?.draw(),
        arrived: () => undefined,
      },
      settings.attended,
    )
    document.body.append(host)
    view = openView({
      host,
      settings,
      client,
      language,
      words: wordsIn(language),
      remember(key, value) {
        const word = `skein-chat:${inbox}:view:${key}`
        if (value === undefined) return kept.get(word)
        if (value === '') kept.remove(word)
        else kept.set(word, value)
        return value
      },
    })
    return { view, client, wasOpen: kept.get(`skein-chat:${inbox}:view:opened`) !== null }
  }

  let shown = show(wanted.token)
  window.addEventListener('storage', ({ key }) => {
    if (key === null || key.startsWith(`skein-chat:${inbox}:`)) shown.client.reload()
  })
  // Who has a conversation hears of answers without opening anything; who had it open goes on where they were.
  const resume = (): void => {
    if (shown.client.begun) shown.client.start()
    if (wanted.open) shown.view.open()
    // A phone's whole screen is not taken without being asked.
    else if (shown.wasOpen && innerWidth > 480) shown.view.open(false)
  }
  resume()
  return {
    get view() {
      return shown.view
    },
    identify(token) {
      shown.client.stop()
      shown.view.remove()
      shown = show(token)
      resume()
    },
  }
}

async function settingsOf(url: URL): Promise<PublicSettings | null> {
  for (let wait = 1_000; ; wait = Math.min(60_000, wait * 2)) {
    try {
      const answer = await fetch(url, { credentials: 'omit' })
      if (answer.ok) return read(PublicSettings, await answer.text())
      // Not our site, or no such inbox: nothing to show, and no use in asking again.
      if (answer.status < 500 && answer.status !== 429) return null
    } catch {
      // No network, or the hub restarts.
    }
    await new Promise(resolve => setTimeout(resolve, wait + Math.random() * wait))
  }
}
