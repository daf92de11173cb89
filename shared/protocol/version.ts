/**
 * The version of the wire between desk and hub. Raise `protocolVersion` with any change to a message, raise
 * `oldestSupported` when an old desk can no longer be understood (S14), and write a line of history.
 *
 * 1  2026-11  first. Until it was released: an envelope may say `again` (S5); a conversation may have a
 *    `visit`, presence may name `customers`; a mail may say its `protection`, `sender` and `events` (all optional).
 *    What goes out may have `rich` words and `bcc`; `mail.forward`, with drafts of kind `forward`; a mail `forwards` or stands `aside`.
 *    Customers are merged and unmerged. An item may be a `call` or a `comment`; a channel may have no `reply` and be `opaque`.
 *    Administrators set up inboxes, and pictures that mails name are fetched, by HTTP (`inboxes.ts`, `images.ts`).
 *    A workspace may define `attributes` of customers; a customer may have values of them, tags, `consents`, and who `edited` what; an edit may
 *    say what its author had `seen`.
 *    Customers may be said to be `apart`. Segments of customers are rows.
 *    An answer or a note may be nothing but files; a conversation's preview is then the name of one (`previewFile`). A chat inbox says `files` and
 *    `mailbox`. A conversation is sent by mail by `conversation.transcript`: an item says `transcript`, and so does the channel that can.
 *    An attribute may name one customer (`identifies`). A customer who is merged knows since when (`mergedAt`).
 *    A customer may rate a conversation (`rating`; the item's `score`); a chat inbox says whether it asks (`survey`).
 *    Customers are put in from a table, by HTTP (`import.ts`); whom everybody knows is `listed`, in the stream `customers`.
 *    Other systems are asked about customers, and administrators set up the connections to them, by HTTP (`connectors.ts`).
 *    Who was erased is a row (`erasure`), sent to desks that say `takesErasures`, and told by desks to a restored hub (`erasures`). By HTTP: `erasure.ts`.
 *    An item whose author was erased is `erased`.
 *    Macros are rows (`macro`), sent to desks that say so in `knows`. A note names colleagues (`mentions`); a draft says what comes `after` it.
 *    A delivery waits for a time (`later`): `reply.schedule`, `mail.schedule`, `undoSeconds`, taken back by `reply.cancel`, moved by `reply.reschedule`.
 *    A conversation may have a `priority`. Views of conversations under a name are rows (`savedView`), sent to desks that say so in `knows`.
 *    A conversation is handed over with a summary: `conversation.hand-over`, `handover` of the event and of the conversation, put away by `handover.put-away`.
 *    What is said by mail beside a conversation (`side.send`) is of one thread: `side` of a mail and of a draft.
 *    Words with formatting may hold pictures (`picture` of a span; `pictures` of what a channel can); one's own uploads are read by HTTP.
 *    What is taken back (`reply.cancel`) may say what comes `after` it.
 *    An answer may be written together (`draft` of an item, `sharedDraft` of a conversation, `shared` of a draft): `draft.share`, `draft.take`,
 *    `draft.unshare`, `shared` of `draft.save`, `draft.discard`, `reply.send` and `reply.schedule`.
 *    A conversation says when whoever was asked beside it answered last, and who had asked (`lastAside`).
 *    A conversation's last assignment says who gave it (`by`).
 *    A closing that is taken back (`conversation.reopen`) says since when the customer waited.
 *    A conversation is marked unread by its reader: `conversation.unread`, `back` of a read mark.
 *    A closing of what was put off says the same as it is taken back (`conversation.snooze`).
 */
export const protocolVersion = 1
export const oldestSupported = 1

/** Of all messages up and down, of the requests by HTTP, and the arguments of all mutations; wire.test.ts computes it. Changes only together with the version, once released. */
export const wireHash = 'ddc0ce57815de9bd'
