// Who wrote to the bicycle maker, about what and how long ago, in English and in Chinese.
import type { Conversation } from '#shared/model/conversation.ts'

export interface Told {
  name: string
  tier?: string
  company?: string
  channel?: string
  address: string
  subject: string
  text: string
  /** Minutes ago. */
  ago: number
  unread?: boolean
  assignee?: string | null
  status?: Conversation['status']
  answered?: boolean
}

export interface Language {
  agents: [me: string, ...others: string[]]
  inboxes: [string, string]
  tags: string[]
  told: Told[]
}

export const english: Language = {
  agents: ['Tomás Rivera', 'Priya Raman', 'Wang Fang'],
  inboxes: ['Support', 'Sales'],
  tags: ['fleet', 'warranty', 'battery'],
  told: [
    {
      name: 'Mateo Fernández',
      tier: 'VIP',
      channel: 'phone',
      address: '+34 91 555 0140',
      subject: 'Missed call, voicemail 0:34',
      text: '',
      ago: 21,
      unread: true,
    },
    {
      name: 'Kenji Watanabe',
      channel: 'chat',
      address: 'visitor 51c8',
      subject: 'Is the blue frame back in stock in M?',
      text: 'Or the graphite one, if that comes sooner.',
      ago: 1,
      unread: true,
    },
    {
      name: 'Amara Okonkwo',
      tier: 'VIP',
      company: 'Parcelo Couriers',
      channel: 'email',
      address: 'amara@parcelo.eu',
      subject: 'Battery on bike 7 will not hold charge',
      text: 'Here is the label: PB-48, serial 22-0917. Can it still ship today?',
      ago: 8,
    },
    {
      name: 'Sofia Lindqvist',
      address: 'sofia@lindqvist.se',
      subject: 'Refund for the returned child seat',
      text: 'Nine days since you received the parcel. When will the refund of €89.00 reach my card?',
      ago: 34,
    },
    {
      name: '王丽华',
      channel: 'whatsapp',
      address: '+86 139 6710 2245',
      subject: '发票抬头需要修改',
      text: '订单 SO-20377，抬头请改为上海顺达物流有限公司。',
      ago: 46,
    },
    {
      name: 'Fatima El-Sayed',
      address: 'fatima@elsayed.org',
      subject: 'Does the recall cover the 2024 model?',
      text: 'Mine has the serial 24-1180.',
      ago: 63,
      unread: true,
    },
    {
      name: 'Oliver Grant',
      address: 'oliver.grant@northway.co.uk',
      subject: 'Invoice INV-7731 shows the wrong VAT number',
      text: 'It should be GB 814 2210 77.',
      ago: 128,
    },
    {
      name: 'Nguyễn Thị Hà',
      address: 'ha.nguyen@example.vn',
      subject: 'Re: Delivery slot for the cargo trailer',
      text: 'Thursday morning would be best for us.',
      ago: 190,
    },
    {
      name: 'Dmitri Volkov',
      channel: 'chat',
      address: 'visitor 77ab',
      subject: 'The app says my bike is offline',
      text: '',
      ago: 245,
    },
    {
      name: 'Ingrid Halvorsen',
      address: 'ingrid@fjordfleet.no',
      subject: 'Spare keys for the rental fleet',
      text: 'We need four more sets for the bikes in Bergen.',
      ago: 300,
      answered: true,
    },
    {
      name: 'Arjun Mehta',
      address: 'arjun@pedalpoint.in',
      subject: 'Warranty on a second-hand frame',
      text: 'The first owner has the receipt.',
      ago: 410,
      assignee: null,
      unread: true,
    },
    {
      name: 'Chloé Marchand',
      address: 'chloe@velo-lyon.fr',
      subject: 'Brake pads squeal after rain',
      text: 'Video attached.',
      ago: 520,
      assignee: null,
      unread: true,
    },
    {
      name: 'Beichen Facilities',
      address: 'procurement@beichen.cn',
      subject: '关于三季度维保合同续签的确认函（盖章版）',
      text: '请查收附件。',
      ago: 1500,
      assignee: 'agent-2',
    },
    {
      name: 'Lena Hoffmann',
      address: 'lena@radhaus.de',
      subject: 'Dealer price list 2027',
      text: 'When does it come out?',
      ago: 2900,
      status: 'snoozed',
    },
    {
      name: 'Marcus Bell',
      address: 'marcus@bellcycles.com',
      subject: 'Thank you',
      text: 'All works now.',
      ago: 3300,
      status: 'closed',
      answered: true,
    },
  ],
}

export const chinese: Language = {
  agents: ['陈思远', '王芳', '李娜'],
  inboxes: ['客服', '销售'],
  tags: ['车队', '保修', '控制器'],
  told: [
    {
      name: '周雅琴',
      channel: 'phone',
      address: '138 0571 2201',
      subject: '未接来电，留言 0:21',
      text: '',
      ago: 26,
      unread: true,
    },
    {
      name: '刘子昂',
      channel: 'chat',
      address: '访客 51c8',
      subject: '客服你好，头盔的尺码怎么选？',
      text: '',
      ago: 31,
      unread: true,
    },
    {
      name: '赵明轩',
      tier: 'VIP',
      company: '顺达同城配送',
      address: 'zhao.mx@shunda.cn',
      subject: '维修报价单请确认（SO-31206）',
      text: '好的，那今天能安排技师过来吗？',
      ago: 6,
    },
    {
      name: 'Ingrid Halvorsen',
      address: 'ingrid@fjordfleet.no',
      subject: 'Re: Spare keys for the rental fleet',
      text: 'We need four more sets.',
      ago: 18,
    },
    {
      name: '山田美咲',
      address: 'misaki@yamada.jp',
      subject: '返品した充電器の返金について',
      text: 'ご確認をお願いします。',
      ago: 52,
    },
    {
      name: '欧阳佳宁',
      channel: 'whatsapp',
      address: '佳宁',
      subject: '发票已经收到了，谢谢！',
      text: '',
      ago: 66,
    },
    {
      name: '北辰物业采购部',
      address: 'caigou@beichen.cn',
      subject: '关于三季度维保合同续签的确认函（盖章版）',
      text: '请查收附件并回传签字页。',
      ago: 125,
    },
    {
      name: 'Arjun Mehta',
      channel: 'chat',
      address: 'visitor 77ab',
      subject: 'The app says my bike is offline',
      text: '',
      ago: 185,
      assignee: null,
      unread: true,
    },
    {
      name: '何嘉慧',
      address: 'he.jh@example.cn',
      subject: '车架右侧划痕',
      text: '照片见附件，麻烦看一下能否补漆。',
      ago: 200,
      assignee: null,
    },
    {
      name: '孙浩',
      address: 'sunhao@example.cn',
      subject: '经销商价目表',
      text: '什么时候发布？',
      ago: 2900,
      status: 'snoozed',
    },
    {
      name: '马莉',
      address: 'mali@example.cn',
      subject: '谢谢',
      text: '已经好了。',
      ago: 3300,
      status: 'closed',
      answered: true,
    },
  ],
}
