import { wordsOf } from '../../app/words-of.ts'

export const words = wordsOf(
  'tour',
  {
    offer: 'New here? A tour of one minute',
    no: 'Not now',
    of: '{{at}} of {{count}}',
    skip: 'Skip',
    back: 'Back',
    next: 'Next',
    done: 'Done',
    'views-title': 'Where work comes from',
    'views-text':
      'Yours first, then what nobody has. The numbers are true now; when they are old, they say how old. Make views of your own below them.',
    'list-title': 'Through the list',
    'list-text':
      'J and K go on and back, X chooses, E resolves, H snoozes. What you choose is changed at once, and Z takes it back.',
    'thread-title': 'One thread per customer',
    'thread-text':
      'Mail, chat, calls and social in the order they happened. The colour of the line is the channel; a splice is where it changed.',
    'composer-title': 'Answer',
    'composer-text':
      'R begins a reply on the channel the customer wrote on, N a note for colleagues. / inserts a macro, @ names somebody. Ctrl or Cmd with Enter sends, in a chat Enter alone.',
    'search-title': 'Find anything, do anything',
    'search-text':
      'Ctrl or Cmd with K searches all of it, Chinese too, without a network. Type > for everything you can do. ? shows all keys.',
    'sync-title': 'With or without a network',
    'sync-text':
      'Here stands whether you are live, since when not, and what waits to be sent. A reply that has gone stale meanwhile waits for your look.',
  },
  {
    offer: '第一次使用？一分钟导览',
    no: '暂不',
    of: '{{at}} / {{count}}',
    skip: '跳过',
    back: '上一步',
    next: '下一步',
    done: '完成',
    'views-title': '工作从哪里来',
    'views-text': '先是您的，再是无人负责的。数字是此刻的；若已过时，会注明时间。下方可新建自己的视图。',
    'list-title': '浏览列表',
    'list-text': 'J、K 前后移动，X 选中，E 解决，H 推迟。选中的会话一起改动，Z 撤销。',
    'thread-title': '每位客户一条线',
    'thread-text': '邮件、聊天、电话和社交消息按发生顺序排列。线的颜色是渠道，接头处是渠道的切换。',
    'composer-title': '回复',
    'composer-text':
      'R 在客户所用的渠道上回复，N 给同事写备注。/ 插入快捷回复，@ 提到同事，Ctrl 或 Cmd 加 Enter 发送，聊天中只需 Enter。',
    'search-title': '查找一切，完成一切',
    'search-text':
      'Ctrl 或 Cmd 加 K 搜索全部内容，中文也可，无需网络。输入 > 列出所有操作。? 显示全部快捷键。',
    'sync-title': '有无网络都能工作',
    'sync-text': '这里显示是否在线、何时离线，以及哪些内容待发送。其间已过时的回复会等您过目。',
  },
)
