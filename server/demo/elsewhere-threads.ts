import type { Call } from '#shared/model/call.ts'
import { noteOf } from './dialogue/colleague.ts'
import { type Dialogue, type Language, opening, subjectOf } from './dialogue/dialogue.ts'
import { type Place, posts } from './elsewhere.ts'
import type { Random } from './random.ts'
import type { AgentKey, Person, Thread, Turn } from './script.ts'

const dispositions: Record<Language, string[]> = {
  en: ['Resolved', 'Follow-up by mail', 'Passed to the workshop', 'Order changed'],
  'zh-CN': ['已解决', '邮件跟进', '转交车间', '已修改订单'],
}
/** How they end what they say after the tone. */
const callBack: Record<Language, (name: string) => string> = {
  en: name => ` This is ${name}, please call me back.`,
  'zh-CN': name => `我是${name}，请给我回电话。`,
}

/** Calls about one matter: taken at once, or missed, given up or left on tape and then called back. */
export function callThread(person: Person, dialogue: Dialogue, agent: AgentKey, chance: Random): Thread {
  const { language } = person
  const talked = (): Call => ({
    outcome: 'answered',
    waited: chance.between(2, 75),
    spoken: chance.between(48, 760),
    agentId: agent,
    disposition: chance.pick(dispositions[language]),
  })
  const { note } = noteOf(dialogue)
  const lot = chance.next()
  const turns: Turn[] = []
  if (lot < 0.55) turns.push({ by: 'customer', after: 0, text: note, call: talked() })
  else {
    const outcome = lot < 0.75 ? 'voicemail' : lot < 0.9 ? 'missed' : 'abandoned'
    const text = outcome === 'voicemail' ? `${spokenOpening(dialogue)}${callBack[language](person.name)}` : ''
    const waited = chance.between(18, 160)
    const spoken = outcome === 'voicemail' ? chance.between(14, 70) : 0
    turns.push({
      by: 'customer',
      after: 0,
      text,
      call: { outcome, waited, spoken, agentId: null, disposition: '' },
    })
    if (chance.next() < 0.25)
      turns.push({
        by: agent,
        after: chance.between(10, 90),
        text: '',
        call: { outcome: 'not-reached', waited: 30, spoken: 0, agentId: agent, disposition: '' },
      })
    turns.push({ by: agent, after: chance.between(8, 180), text: note, call: { ...talked(), waited: 0 } })
  }
  return { ...matterOf(person, dialogue, agent, turns), place: 'phone' }
}

/** A talk on a social network; on Instagram it begins below a post, for everybody to see, and goes on between two. */
export function socialThread(
  person: Person,
  dialogue: Dialogue,
  agent: AgentKey,
  turns: Turn[],
  chance: Random,
): Thread {
  const place: Place =
    person.language === 'zh-CN' ? 'wechat' : chance.next() < 0.55 ? 'whatsapp' : 'instagram'
  const [first, ...rest] = turns
  const publicly = place === 'instagram' && first?.by === 'customer'
  const said: Turn[] = publicly ? [{ ...first, comment: chance.pick(posts) }, ...rest] : turns
  return { ...matterOf(person, dialogue, agent, said), place }
}

const matterOf = (person: Person, dialogue: Dialogue, agent: AgentKey, turns: Turn[]): Thread => ({
  person,
  inbox: person.language === 'en' ? 'support' : 'kefu',
  subject: subjectOf(dialogue),
  turns,
  assignee: agent,
  status: 'closed',
  history: true,
})

/** In one breath, without the lines of a letter. */
const spokenOpening = (dialogue: Dialogue): string => opening(dialogue).replace(/\s+/g, ' ').trim()
