import type { Thread } from './script.ts'

/** 中文会话。时间是相对的，由 play.ts 定位到现在附近。 */
export const chineseThreads: Thread[] = [
  {
    person: {
      name: '赵明轩',
      address: 'zhao.mx@shunda.example',
      company: '顺达同城配送',
      tier: 'VIP',
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    },
    inbox: 'kefu',
    subject: '维修报价单请确认（SO-31206）',
    assignee: 'chen',
    tags: ['保修', '大客户'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '您好，附件是我们这边的里程记录。三辆车都在保修期内，麻烦确认控制器是否免费更换，另外想约本周内上门。',
        file: { name: '里程记录.csv', type: 'text/csv', text: '车号,里程\nA12,8211\nA15,9034\nB03,7750\n' },
      },
      {
        by: 'chen',
        after: 8,
        text: '赵经理您好，三台控制器都在保修期内，可以免费更换。请提供上门地址和现场联系人。',
      },
      {
        by: 'customer',
        after: 95,
        text: '地址是滨江区江南大道 588 号，联系人老周。好的，那今天能安排技师过来吗？',
      },
      { by: 'wang', after: 12, note: true, text: '杭州仓还有五台控制器，今天下午四点有一位技师在滨江。' },
    ],
  },
  {
    person: {
      name: '王丽华',
      address: 'lihua.wang@yunche.example',
      company: '云车租赁',
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    },
    inbox: 'kefu',
    subject: '发票抬头需要修改，订单 SO-20377',
    assignee: 'chen',
    tags: ['发票'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '发票抬头写成了个人，请改成“云车租赁有限公司”，税号 91330108MA2XXXXX0K。电子发票发到这个邮箱就可以。',
      },
      { by: 'chen', after: 40, text: '收到，原发票今天红冲，新发票预计明天上午发出。' },
      { by: 'customer', after: 1500, text: '已经过了一天，还没有收到电子发票，请帮忙看一下。' },
    ],
  },
  {
    person: { name: '周雅琴', address: 'yaqin@huadian.example', company: '花店连锁', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '电池突然断电',
    tags: ['保修'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '昨天送花途中电池突然断电，重新插拔以后才恢复，显示还有百分之六十。这种情况安全吗？需要停用吗？',
      },
      { by: 'customer', after: 60, text: '补充：电池编号 22-1180，今年三月买的。' },
    ],
  },
  {
    person: { name: '刘子昂', address: 'ziang.liu@example.cn', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '头盔的尺码怎么选？',
    turns: [{ by: 'customer', after: 0, text: '客服你好，头围 59 厘米，头盔选 L 还是 XL？能不能调节？' }],
  },
  {
    person: { name: '顾佳宁', address: 'gjn@xiaoguang.example', company: '晓光物业', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '发票已经收到了，谢谢！',
    assignee: 'chen',
    status: 'closed',
    tags: ['发票'],
    turns: [
      { by: 'customer', after: 0, text: '上个月维修的发票什么时候能开？我们月底要报销。' },
      { by: 'chen', after: 30, text: '顾女士您好，发票已经开具并发送到您的邮箱，请查收。' },
      { by: 'customer', after: 22, text: '收到了，谢谢！' },
    ],
  },
  {
    person: {
      name: '孙浩然',
      address: 'sunhr@beichen.example',
      company: '北辰物业采购部',
      language: 'zh-CN',
    },
    inbox: 'kefu',
    subject: '关于三季度维保合同续签的确认函（盖章版）',
    assignee: 'wang',
    tags: ['大客户'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '附件为三季度维保合同续签确认函，请贵方盖章后寄回两份。付款方式维持季度结算不变。',
        file: {
          name: '确认函.txt',
          type: 'text/plain',
          text: '维保合同续签确认函\n车辆数：68\n期限：一年\n',
        },
      },
    ],
  },
  {
    person: { name: '何嘉欣', address: 'hejx@example.cn', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '物流显示签收但是没有收到货',
    tags: ['物流'],
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '订单 SO-31990，物流显示昨天下午签收，可是家里没有人收到。快递员电话打不通，请帮我查一下。',
      },
    ],
  },
  {
    person: { name: '林晓彤', address: 'lin.xt@kuaisong.example', company: '快送科技', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '控制器固件升级后无法启动',
    assignee: 'chen',
    turns: [
      { by: 'customer', after: 0, text: '昨晚批量升级以后，四辆车无法启动，仪表显示 E21。其他十二辆正常。' },
      { by: 'chen', after: 18, text: 'E21 表示通信超时。请先断电三十秒，再按住电源键十秒，看能否恢复。' },
      { by: 'customer', after: 44, text: '三辆恢复了，还有一辆还是 E21，车号 K-0716。' },
    ],
  },
  {
    person: { name: '黄俊杰', address: 'huangjj@example.cn', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '想更换收货地址',
    status: 'closed',
    assignee: 'wang',
    tags: ['物流'],
    turns: [
      { by: 'customer', after: 0, text: '订单还没有发货，想把收货地址改成公司：余杭区文一西路 969 号。' },
      { by: 'wang', after: 9, text: '已经为您修改，预计后天送达。' },
    ],
  },
  {
    person: { name: '吴桂英', address: 'wu.guiying@example.cn', language: 'zh-CN' },
    inbox: 'kefu',
    subject: '刹车异响',
    turns: [
      {
        by: 'customer',
        after: 0,
        text: '下雨以后前刹车一直响，声音很大，是不是来令片磨完了？附近有没有可以修的地方？',
      },
    ],
  },
]
