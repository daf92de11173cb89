import { wordsOf } from '../../../app/words-of.ts'

/** What is wrong with a mail account, and what to do. */
export const words = wordsOf(
  'mail-trouble',
  {
    'wrong-password':
      'The server refuses this name and password. Check both; many providers want an app password.',
    'app-password':
      'This provider wants a password made for apps (授权码 at QQ and 163). Create one in the mailbox’s web settings and enter it here.',
    'sign-in-again': 'The permission for this mailbox has ended. Sign in at the provider again.',
    'oauth-refused':
      'The provider takes no password for this mailbox, or refused the permission. Sign in at the provider, with the right to use IMAP and SMTP.',
    'imap-off': 'IMAP is switched off for this mailbox. Switch it on in its web settings, then check again.',
    'unsafe-login':
      'NetEase calls this login unsafe. Switch on IMAP in the web settings and use the 授权码 made there.',
    'no-such-host': 'There is no server of this name. Check its spelling.',
    'no-route':
      'The server cannot be reached at this port. Check server and port; a firewall may be in between.',
    certificate:
      'The server’s certificate is not trusted or is for another name. Correct the server’s name; for an authority of your own use skein-hub inbox set email --ca.',
    'no-tls': 'No encrypted connection could be made. Choose TLS with port 993 or 465, or STARTTLS.',
    'not-a-mail-server': 'Something answers there, but it is not such a mail server. Check the port.',
    'too-many':
      'The provider allows no more connections to this mailbox now. Close other programs that use it, then check again.',
    'no-folder': 'There is no folder of this name in the mailbox. Check its spelling.',
    silent: 'No answer came in time. Check server and port, then check again.',
    closed: 'The server closed the connection. Wait a moment, then check again.',
    other: 'The server answered something unexpected.',
  },
  {
    'wrong-password': '服务器不接受这个用户名和密码。请核对；许多服务商要求使用应用密码。',
    'app-password':
      '该服务商要求专用的应用密码（QQ、163 称为“授权码”）。请在邮箱网页的设置中生成，并填在这里。',
    'sign-in-again': '对这个邮箱的授权已失效。请在服务商处重新登录。',
    'oauth-refused': '服务商不接受密码，或拒绝了授权。请在服务商处登录，并授予使用 IMAP 和 SMTP 的权限。',
    'imap-off': '这个邮箱没有开启 IMAP。请在邮箱网页的设置中开启，然后再次检查。',
    'unsafe-login': '网易认为这次登录不安全。请在网页设置中开启 IMAP，并使用生成的“授权码”。',
    'no-such-host': '找不到这个名称的服务器。请检查拼写。',
    'no-route': '无法连接到该服务器的这个端口。请检查服务器和端口，中间可能有防火墙。',
    certificate:
      '服务器证书不受信任，或与名称不符。请更正服务器名称；自有颁发机构请用 skein-hub inbox set email --ca。',
    'no-tls': '无法建立加密连接。请选择 TLS（端口 993 或 465），或 STARTTLS。',
    'not-a-mail-server': '该处有程序应答，但不是这类邮件服务器。请检查端口。',
    'too-many': '服务商暂时不允许更多连接。请关闭其他使用该邮箱的程序，然后再次检查。',
    'no-folder': '邮箱中没有这个名称的文件夹。请检查拼写。',
    silent: '没有及时得到应答。请检查服务器和端口，然后再次检查。',
    closed: '服务器关闭了连接。请稍候，然后再次检查。',
    other: '服务器返回了意料之外的内容。',
  },
)
