import { wordsOf } from './words-of.ts'

/** One sentence for every kind of fault: what is so, and what to do. */
export const words = wordsOf(
  'faults',
  {
    'hub-unreachable': 'The hub does not answer. Check the network and the address, then try again.',
    'hub-address-invalid': 'This is not an address. It looks like https://desk.example.com.',
    'not-encrypted':
      'Your password would travel readable. Use https://; plain http only works on this machine.',
    'not-a-hub':
      'Something answers at this address, but it is not a Skein hub. Ask your administrator for the hub’s address.',
    'hub-busy': 'The hub is busy. Wait a moment, then try again.',
    'wrong-credentials': 'Email or password is not right. Check both; passwords distinguish capitals.',
    'too-many-attempts_one': 'Too many attempts. Try again in {{count}} second.',
    'too-many-attempts_other': 'Too many attempts. Try again in {{count}} seconds.',
    'session-expired': 'Your session has ended. Sign in again; what you wrote is kept.',
    'device-revoked': 'An administrator has removed this device. Sign in again to register it anew.',
    forbidden: 'Your role does not allow this. Ask a supervisor or an administrator.',
    'agent-inactive': 'Your account is switched off. Ask your administrator.',
    'desk-too-old': 'This desk is too old for the hub. Update it; you can read on, and your changes wait.',
    'hub-too-old':
      'The hub is too old for this desk. Ask your administrator to update it; you can read on, and your changes wait.',
    'replica-newer':
      'The data on this machine was written by a newer desk. Update this desk to open it. Nothing has been changed.',
    'disk-full': 'The disk is full. Free some space, then try again. Nothing has been lost.',
    'disk-failed': 'The disk could not be written or read. Check the disk, then try again.',
    'replica-locked':
      'This desk has not spoken to the hub for too long and is locked. Connect to the network to open it.',
    'profile-in-use': 'This profile is open in another desk on this machine. Close that one, then try again.',
    'key-unavailable':
      'The key for the data on this machine is not available. Unlock the system’s keychain, then start the desk again.',
    invalid: 'This cannot be done as it is now. Look again and try once more.',
    'not-found': 'It is not there any more, or not for you.',
    'too-large': 'It is too large. The limit is {{limit}}.',
    'too-large-plain': 'It is too large. Choose something smaller.',
    'attachment-missing': 'The attachment is not on this desk and the hub does not have it. Attach it again.',
    'signed-out': 'Nobody is signed in. Sign in, then try again.',
    internal: 'Something went wrong in the desk. Try again; what you wrote is kept.',
  },
  {
    'hub-unreachable': '连不上中枢。请检查网络和地址，然后重试。',
    'hub-address-invalid': '这不是一个地址。地址形如 https://desk.example.com。',
    'not-encrypted': '密码会以明文传输。请使用 https://；http 仅限本机。',
    'not-a-hub': '该地址有应答，但不是一线的中枢。请向管理员索取中枢地址。',
    'hub-busy': '中枢正忙。请稍候再试。',
    'wrong-credentials': '邮箱或密码不正确。请检查两者，密码区分大小写。',
    'too-many-attempts_other': '尝试次数过多。请在 {{count}} 秒后重试。',
    'session-expired': '登录已过期。请重新登录，您写下的内容都已保留。',
    'device-revoked': '管理员已移除这台设备。请重新登录以再次登记。',
    forbidden: '您的角色无权执行此操作。请联系主管或管理员。',
    'agent-inactive': '您的账号已停用。请联系管理员。',
    'desk-too-old': '本机的一线版本过旧，中枢不再支持。请更新；您仍可阅读，改动会先保存。',
    'hub-too-old': '中枢版本过旧。请管理员更新；您仍可阅读，改动会先保存。',
    'replica-newer': '本机数据由更新的版本写成。请更新后再打开。没有改动任何内容。',
    'disk-full': '磁盘已满。请腾出空间后重试。没有丢失任何内容。',
    'disk-failed': '磁盘读写失败。请检查磁盘后重试。',
    'replica-locked': '本机太久没有联系中枢，已锁定。请连接网络后打开。',
    'profile-in-use': '本机的另一个一线正在使用这份数据。请先关闭它，然后重试。',
    'key-unavailable': '无法取得本机数据的密钥。请解锁系统钥匙串，然后重新启动。',
    invalid: '当前状态下无法这样操作。请核对后再试。',
    'not-found': '内容已不存在，或您无权查看。',
    'too-large': '超出大小限制。上限为 {{limit}}。',
    'too-large-plain': '超出大小限制。请换一个更小的。',
    'attachment-missing': '附件不在本机，中枢也没有。请重新添加。',
    'signed-out': '尚未登录。请登录后重试。',
    internal: '程序出了点问题。请重试，您写下的内容都已保留。',
  },
)
