import type { Random } from './random.ts'
import type { AgentKey, Person, Thread, Turn } from './script.ts'

/**
 * The everyday mail behind the written threads: enough of it that lists scroll, searches have many hits and a customer's
 * timeline has a past. Put together from parts, the same for the same seed.
 *
 * @param settled all of them answered and resolved, as what is older than a few days is
 */
export function backgroundThreads(
  count: number,
  settled: boolean,
  people: Everybody,
  random: Random,
): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const zh = index % 2 === 1
    const language = zh ? chinese : english
    return threadOf(language, random.pick(zh ? people.zh : people.en), settled, random)
  })
}

export interface Everybody {
  en: Person[]
  zh: Person[]
}

/** The customers behind the everyday mail. */
export const everybody = (random: Random): Everybody => ({
  en: peopleOf(english, random),
  zh: peopleOf(chinese, random),
})

interface Language {
  inbox: Thread['inbox']
  code: Person['language']
  agents: AgentKey[]
  first: string[]
  last: string[]
  name(first: string, last: string): string
  companies: string[]
  products: string[]
  matters: { subject: string; ask: string; answer: string; tag?: string }[]
  greetings: string[]
  thanks: string[]
  notes: string[]
}

const PEOPLE_PER_LANGUAGE = 320

function peopleOf(language: Language, random: Random): Person[] {
  return Array.from({ length: PEOPLE_PER_LANGUAGE }, (_, index) => {
    const first = language.first[index % language.first.length]!
    const round = Math.floor(index / language.first.length)
    // Each name once, and neighbours with different family names.
    const last = language.last[(index * 7 + round) % language.last.length]!
    const person: Person = {
      name: language.name(first, last),
      address: `${language.code === 'en' ? `${first}.${last}`.toLowerCase() : `kehu${100 + index}`}@example.${language.code === 'en' ? 'com' : 'cn'}`,
      language: language.code,
    }
    return random.next() < 0.4 ? { ...person, company: random.pick(language.companies) } : person
  })
}

function threadOf(language: Language, person: Person, settled: boolean, random: Random): Thread {
  const matter = random.pick(language.matters)
  const product = random.pick(language.products)
  const order = `SO-${random.between(17_000, 32_000)}`
  const fill = (text: string): string => text.replaceAll('{product}', product).replaceAll('{order}', order)
  const agent = random.pick(language.agents)
  const turns: Turn[] = [
    { by: 'customer', after: 0, text: `${random.pick(language.greetings)}\n\n${fill(matter.ask)}` },
  ]
  const answered = settled || random.next() < 0.5
  if (answered) {
    if (random.next() < 0.2)
      turns.push({
        by: agent,
        after: random.between(2, 30),
        text: fill(random.pick(language.notes)),
        note: true,
      })
    turns.push({ by: agent, after: random.between(5, 240), text: fill(matter.answer) })
    if (random.next() < 0.6)
      turns.push({ by: 'customer', after: random.between(10, 1500), text: random.pick(language.thanks) })
  }
  const closed = settled
  return {
    person,
    inbox: language.inbox,
    subject: fill(matter.subject),
    turns,
    ...(answered || random.next() < 0.5 ? { assignee: agent } : {}),
    ...(matter.tag ? { tags: [matter.tag] } : {}),
    ...(closed ? { status: 'closed' as const } : {}),
  }
}

const english: Language = {
  inbox: 'support',
  code: 'en',
  agents: ['tomas', 'priya'],
  first: [
    'Anna',
    'Ben',
    'Carla',
    'David',
    'Elena',
    'Felix',
    'Gwen',
    'Hugo',
    'Isla',
    'Jonas',
    'Karim',
    'Lena',
    'Marco',
    'Nora',
    'Omar',
    'Paula',
    'Quentin',
    'Rosa',
    'Samir',
    'Tessa',
    'Umar',
    'Vera',
    'Will',
    'Xenia',
    'Yusuf',
    'Zoe',
  ],
  last: [
    'Berg',
    'Costa',
    'Dubois',
    'Evans',
    'Fischer',
    'Garcia',
    'Hansen',
    'Ivanov',
    'Jones',
    'Keller',
    'Lopez',
    'Moreau',
    'Novak',
    'Olsen',
    'Petrov',
    'Rossi',
    'Silva',
    'Taylor',
    'Visser',
    'Weber',
  ],
  name: (first, last) => `${first} ${last}`,
  companies: [
    'Morning Bread',
    'Quick Post',
    'Green Courier',
    'City Florist',
    'Harbour Logistics',
    'North Rentals',
  ],
  products: [
    'VF-L2',
    'VF-City',
    'PB-48 battery',
    'insulated box',
    'child seat',
    'cargo trailer',
    'rain cover',
    'front light',
  ],
  greetings: ['Hello,', 'Hi there,', 'Good morning,', 'Dear team,'],
  thanks: [
    'Thank you, that solved it.',
    'Great, thanks for the quick answer!',
    'Perfect. Have a good week.',
    'Understood, I will try that and come back if it stays.',
  ],
  notes: [
    'Called the warehouse: {order} leaves tomorrow.',
    'Third time this month for the {product}, told the workshop.',
  ],
  matters: [
    {
      subject: 'Where is {order}?',
      ask: 'I ordered a {product} ({order}) and the tracking has not moved for four days. When can I expect it?',
      answer: 'It waited for customs and left Rotterdam this morning. The carrier says two working days.',
      tag: 'delivery',
    },
    {
      subject: 'Invoice for {order}',
      ask: 'Could you send me the invoice of {order} again? It went to my old address.',
      answer: 'Of course, it is on its way to this address. I changed the address in your account as well.',
      tag: 'invoice',
    },
    {
      subject: 'Noise from the {product}',
      ask: 'My {product} makes a clicking noise under load since last week. Is that covered by the warranty?',
      answer:
        'It is. The nearest workshop is expecting you this week; please bring the order number {order}.',
      tag: 'warranty',
    },
    {
      subject: 'Return of the {product}',
      ask: 'The {product} is smaller than I thought. How do I return it?',
      answer: 'You can return it within 30 days. The label is attached to the order {order} in your account.',
    },
    {
      subject: 'Charging time of the {product}',
      ask: 'How long does the {product} take from empty to full, and may it charge overnight?',
      answer: 'About five hours, and yes: the charger stops by itself. Please do not charge below 0 °C.',
      tag: 'battery',
    },
    {
      subject: 'Discount for ten {product}',
      ask: 'We would need ten {product}. Is there a fleet price?',
      answer: 'From five on it is 8% less, from ten 12%. Shall I make a quote?',
      tag: 'fleet',
    },
    {
      subject: 'Lost key',
      ask: 'I lost the key of my {product}. The key number is on the card. Can I get a spare?',
      answer: 'A spare is EUR 18 and ships the next day. Please send a photo of the card.',
    },
  ],
}

const chinese: Language = {
  inbox: 'kefu',
  code: 'zh-CN',
  agents: ['chen', 'wang'],
  first: [
    '伟',
    '芳',
    '娜',
    '敏',
    '静',
    '磊',
    '强',
    '军',
    '洋',
    '勇',
    '艳',
    '杰',
    '娟',
    '涛',
    '明',
    '超',
    '秀兰',
    '霞',
    '平',
    '刚',
    '桂芬',
    '建华',
    '文博',
    '思琪',
    '雨桐',
    '子涵',
  ],
  last: [
    '李',
    '张',
    '陈',
    '杨',
    '黄',
    '徐',
    '马',
    '朱',
    '胡',
    '郭',
    '罗',
    '高',
    '梁',
    '宋',
    '郑',
    '谢',
    '韩',
    '唐',
    '冯',
    '于',
  ],
  name: (first, last) => `${last}${first}`,
  companies: ['鲜果到家', '蓝鲸快运', '小满烘焙', '青禾超市', '城北驿站', '盛达贸易'],
  products: ['L2 货运车', '城市版', '48V 电池', '保温箱', '儿童座椅', '拖车', '雨篷', '前灯'],
  greetings: ['您好，', '客服你好，', '你们好，'],
  thanks: ['好的，谢谢！', '问题解决了，感谢。', '收到，辛苦了。', '明白了，我先试一下，不行再联系你们。'],
  notes: ['已问仓库，{order} 明天发出。', '{product} 本月第三起，已反馈给车间。'],
  matters: [
    {
      subject: '{order} 什么时候发货？',
      ask: '我买的{product}（订单 {order}）四天没有物流更新了，请问什么时候能到？',
      answer: '您好，货物今天上午已经从苏州发出，预计两个工作日送达。',
      tag: '物流',
    },
    {
      subject: '补开发票 {order}',
      ask: '订单 {order} 的发票没有收到，麻烦重新发一份电子发票。',
      answer: '已经重新发送到您的邮箱，请查收。',
      tag: '发票',
    },
    {
      subject: '{product}有异响',
      ask: '{product}最近一周骑行时有咔咔的声音，请问在保修范围内吗？',
      answer: '在保修范围内，请带上订单号 {order} 到最近的服务点检查。',
      tag: '保修',
    },
    {
      subject: '申请退货：{product}',
      ask: '{product}比想象的小，想申请退货，流程是怎样的？',
      answer: '收货三十天内可以退货，退货标签在订单 {order} 的页面里可以打印。',
    },
    {
      subject: '{product}充电时间',
      ask: '{product}充满要多久？晚上可以一直插着充电吗？',
      answer: '大约五个小时，充满会自动断电。零度以下请不要充电。',
    },
    {
      subject: '批量采购{product}',
      ask: '我们需要十台{product}，有没有团购价？',
      answer: '五台以上九二折，十台以上八八折，需要给您出报价单吗？',
      tag: '大客户',
    },
    {
      subject: '钥匙丢了',
      ask: '{product}的钥匙丢了，卡片上有钥匙编号，可以配一把吗？',
      answer: '可以，备用钥匙六十元，请发一张卡片的照片，第二天寄出。',
    },
  ],
}
