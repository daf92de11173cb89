import type { Channel } from './channel.ts'
import { chat } from './chat/index.ts'
import { email } from './email/index.ts'

/** Every channel of this hub, by its id. A new one is a folder and a line here. */
export const channels: ReadonlyMap<string, Channel> = new Map<string, Channel>([
  [email.manifest.id, email as Channel],
  [chat.manifest.id, chat as Channel],
])
