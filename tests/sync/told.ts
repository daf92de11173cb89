import { type Act, conversationOf, type Step, type Story, streamToPurge } from './story.ts'
import { conversations, inboxes, seats } from './workspace.ts'

/** A story in sentences a person can read. */
export function told({ seed, desks, steps }: Story): string {
  const names = seats(desks).map(({ name }) => name)
  const nameOf = (desk: number): string => names[desk % names.length]!
  return [
    `A team of ${desks} desks (${names.join('; ')}), by chance ${seed}:`,
    ...steps.map((step, index) => `${String(index + 1).padStart(3)}. ${sentence(step, nameOf)}`),
    '  Then everything is mended, comes to rest, and is looked at.',
  ].join('\n')
}

function sentence(step: Step, nameOf: (desk: number) => string): string {
  switch (step.do) {
    case 'act':
      return `${nameOf(step.desk)} ${deeds[step.what](conversationOf(step.on), step.n)}.`
    case 'customer':
      return `A customer writes in ${conversationOf(step.on)}.`
    case 'cut':
      return `The line of ${nameOf(step.desk)} breaks.`
    case 'deafen':
      return `${nameOf(step.desk)} reaches the hub but hears nothing.`
    case 'mute':
      return `${nameOf(step.desk)} hears the hub but does not reach it.`
    case 'mend':
      return `The line of ${nameOf(step.desk)} is mended.`
    case 'restart':
      return `The desk of ${nameOf(step.desk)} is killed and started again.`
    case 'clock':
      return `The clock of ${nameOf(step.desk)} is set ${step.by < 0 ? 'back' : 'forward'} by ${Math.abs(step.by) / 1000} s.`
    case 'kill-hub':
      return 'The hub is killed.'
    case 'stop-hub':
      return 'The hub is stopped and says goodbye.'
    case 'start-hub':
      return 'The hub is started.'
    case 'back-up':
      return 'A backup of the hub is made.'
    case 'restore':
      return 'The hub is restored from its backup, if there is one.'
    case 'rest':
      return 'Everything is mended, comes to rest, and is looked at.'
    case 'post':
      return `The post office from now on: ${step.mood}.`
    case 'revoke':
      return `The agent of ${nameOf(step.desk)} loses inbox ${inboxes[step.inbox]}.`
    case 'grant':
      return `The agent of ${nameOf(step.desk)} may see both inboxes.`
    case 'purge':
      return `The hub forgets what was removed from ${streamToPurge(step.inbox)}.`
    case 'pass':
      return `${step.milliseconds} ms pass.`
  }
}

const deeds: Record<Act, (conversation: string, n: number) => string> = {
  reply: (c, n) => `replies in ${c}${n === 2 ? ', with a copy to somebody' : ''}`,
  note: c => `adds a note in ${c}`,
  claim: c => `claims ${c}`,
  assign: (c, n) => (n === 0 ? `gives ${c} to nobody` : `gives ${c} to a colleague`),
  close: c => `closes ${c}`,
  reopen: c => `reopens ${c}`,
  snooze: c => `snoozes ${c} for half a minute`,
  tag: (c, n) => `tags ${c} (${n})`,
  untag: (c, n) => `takes a tag from ${c} (${n})`,
  'new-tag': () => 'makes a new tag',
  draft: (c, n) => `types ${n % 2 === 0 ? 'a reply' : 'a note'} in ${c}`,
  read: (c, n) => (n === 3 ? `marks ${c} unread` : `has read ${c}`),
  release: c => `sends their held reply in ${c} anyway`,
  discard: c => `discards their held reply in ${c}`,
  'take-over': c => `takes over a held reply in ${c}`,
  'send-again': c => `sends again in ${c} what failed or is uncertain`,
  arrived: c => `says that what is uncertain in ${c} did arrive`,
  'edit-customer': (c, n) => `edits the customer of ${c} (${n})`,
  merge: (c, n) => `merges the customer of ${c} into that of ${conversations[n + 1]}`,
  unmerge: c => `takes back that the customer of ${c} was merged`,
  'send-later': (c, n) =>
    `sends a reply in ${c} that ${n % 2 === 0 ? 'can be taken back' : `leaves in ${n * 7} s`}`,
  'take-back': c => `takes back what waits for its time in ${c}`,
  'other-time': (c, n) => `has what waits in ${c} leave in ${n * 5} s`,
  share: c => `lets colleagues read their draft in ${c}`,
  'take-pen': c => `takes over the shared draft in ${c}`,
  unshare: c => `shares their draft in ${c} no longer`,
  'send-shared': c => `sends the shared draft in ${c}, if it is theirs to write`,
  older: c => `asks for what is older in ${c}`,
}
