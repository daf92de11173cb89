import type { Channel, ConversationLookup, Inbound } from '../channel.ts'
import { fileBytes } from './file-types.ts'
import { textLetters } from './protocol.ts'
import { receiveChat } from './receive.ts'
import { sendChat } from './send.ts'
import { ChatSettings } from './settings.ts'

const DAY = 86_400_000
/** An open conversation is gone on with, however long nobody wrote; a closed one is reopened for this long. */
const REOPEN = 7 * DAY
/** Files of one answer. */
const ATTACHMENTS = 10

/** Live chat: a widget on the company's site, in and out by a websocket to the hub. */
export const chat: Channel<ChatSettings> = {
  manifest: {
    id: 'chat',
    family: 'chat',
    label: { en: 'Chat', zh: '在线聊天' },
    can: {
      subject: false,
      copy: false,
      attachments: true,
      html: false,
      deliveryReceipts: true,
      readReceipts: true,
      transcript: true,
    },
    limits: { textCharacters: textLetters, attachmentBytes: fileBytes, attachments: ATTACHMENTS },
    opaque: true,
    replyWindow: null,
  },
  settings: ChatSettings,
  receive: (host, options) => receiveChat(host, options),
  send: outgoing => sendChat(outgoing),
  repeatable: true,
  conversationOf,
  transcriptsBy: ({ mailbox }) => mailbox,
}

/** A visitor has one conversation at a time in an inbox. */
function conversationOf(inbound: Inbound, lookup: ConversationLookup): Promise<string | null> {
  const { inboxId, identity, thread } = inbound
  if (thread.subjectKey === null) return Promise.resolve(null)
  return lookup.bySubject(inboxId, identity.address, thread.subjectKey, lookup.now - REOPEN, 0)
}
