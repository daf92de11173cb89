import { wordsOf } from '../../../app/words-of.ts'

export const words = wordsOf(
  'help',
  {
    title: 'Help',
    'tour-lead': 'One minute through the desk: where work comes from, and how to get it done fast.',
    tour: 'Take the tour',
    'keys-lead': 'Every action has keys. Look them up, or give it others.',
    keys: 'Keyboard',
    'report-lead': 'Something does not work? Hand this report to whoever looks after your hub.',
    'report-hint':
      'It holds counts, times, versions and kinds of faults. No message, name or address is in it.',
    'copy-report': 'Copy report',
    report: 'The report',
    'did-copy': 'Report copied.',
  },
  {
    title: '帮助',
    'tour-lead': '一分钟了解工作台：工作从哪里来，怎样做得最快。',
    tour: '开始导览',
    'keys-lead': '每个操作都有快捷键，可以查找，也可以更换。',
    keys: '快捷键',
    'report-lead': '遇到问题？请把这份报告交给维护中枢的同事。',
    'report-hint': '其中只有数量、时间、版本和故障类型，不含任何消息、姓名或地址。',
    'copy-report': '复制报告',
    report: '报告内容',
    'did-copy': '已复制报告。',
  },
)
