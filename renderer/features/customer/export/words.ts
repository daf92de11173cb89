import { wordsOf } from '../../../app/words-of.ts'

export const words = wordsOf(
  'customer-export',
  {
    start: 'Export customer…',
    title: 'Export everything about {{name}}',
    lead: 'One ZIP from the hub: a page to read, the same as data, and every file. It holds internal notes, too: look through it before you hand it on.',
    cancel: 'Cancel',
    save: 'Save ZIP',
    far: '{{size}} so far',
    offline: 'This needs the hub, which has everything; this desk may not. Connect and try again.',
    saved: 'Everything about {{name}} was saved as {{file}}',
    nobody: 'a customer',
  },
  {
    start: '导出客户…',
    title: '导出{{name}}的全部数据',
    lead: '由中枢生成一个 ZIP：一个可阅读的网页、同样内容的数据，以及全部文件。其中也包含内部备注，转交前请先查看。',
    cancel: '取消',
    save: '保存 ZIP',
    far: '已接收 {{size}}',
    offline: '此操作需要连接中枢，全部数据都在那里，此工作台未必齐全。请连接后重试。',
    saved: '{{name}}的全部数据已保存为 {{file}}',
    nobody: '客户',
  },
)
