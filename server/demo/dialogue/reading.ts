import type { Need } from './words.ts'

/** What a customer of the demonstration takes from an agent's words. Simple rules that a person can foresee; see docs/demo.md. */
export interface Reading {
  asks: boolean
  /** What it asks for, in the order it is named. */
  wants: Need[]
  /** A number: a price, a time, a parcel. */
  number: boolean
  apologised: boolean
  promised: boolean
  /** It says that something has been done. */
  done: boolean
  goodbye: boolean
}

const NEEDS: [Need, RegExp][] = [
  ['order', /\border\b|\bSO-|订单|单号/i],
  ['serial', /\bserial|frame number|序列号|车架号|编号/i],
  ['address', /\baddress\b|where do you live|地址|门牌/i],
  ['phone', /\bphone\b|\btelephone\b|\bmobile\b|\bcall you\b|电话|手机/i],
  ['photo', /\bphotos?\b|\bpictures?\b|\bimages?\b|照片|图片|拍一/i],
]

const ASKS =
  /[?？]|\b(?:could|can|would|may) (?:you|we|i)\b|\bplease (?:send|tell|give|write|let)\b|请(?:提供|发|问|告)|麻烦(?:您|你)?.{0,4}(?:提供|发|拍|告)|[吗呢](?:[。!！]|$)/im
const APOLOGY = /\bsorry\b|\bapolog|抱歉|对不起|不好意思/i
const PROMISE =
  /\btoday\b|\btomorrow\b|\btonight\b|\bwithin\b|\bby (?:mon|tues|wednes|thurs|fri|satur|sun|noon)|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day|\bthis (?:week|morning|afternoon|evening)\b|\bin (?:\d+|an?|two|three|a few) (?:minute|hour|day|week)|今天|明天|后天|今晚|(?:分钟|小时|天)(?:之|以)?内|本周|[这下]周|周[一二三四五六日]|马上|尽快/i
const DONE =
  /\b(?:is|are) on (?:its|the|their) way\b|\b(?:have|has|been|i|we)\b.{0,24}\b(?:sent|shipped|refunded|replaced|exchanged|booked|corrected|cancelled|fixed|repaired|solved|done)\b|已(?:经)?.{0,10}(?:发|寄|退|换|处理|安排|更正|登记|修好|清除|备注|锁|解决)/i
const GOODBYE =
  /\b(?:good)?bye\b|\bhave a (?:nice|good|great|lovely)\b|\btake care\b|\byou(?:'re| are) welcome\b|再见|祝您|祝你|不客气/i

export function readAgent(text: string): Reading {
  const asks = ASKS.test(text)
  const wants = asks
    ? NEEDS.map(([need, sign]) => ({ need, at: text.search(sign) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)
        .map(({ need }) => need)
    : []
  return {
    asks,
    wants,
    number: /\d/.test(text.replace(/\bSO-\d+/g, '')),
    apologised: APOLOGY.test(text),
    promised: PROMISE.test(text),
    done: DONE.test(text),
    goodbye: GOODBYE.test(text),
  }
}
