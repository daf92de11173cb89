import { describe, expect, test } from 'vitest'
import { toInbound } from './inbound.ts'
import { account } from './testing.ts'

/** Answers as HTML alone, the way these programs write them; what they repeat is folded, what was written stays. */
const programs: [string, string, string][] = [
  [
    'Foxmail, Chinese',
    '还没有收到。',
    '<body><div>还没有收到。</div><div><br></div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1" align="left"><div><span><div style="MARGIN: 10px;"><div>安</div></div></span></div><blockquote style="margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em;"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人：</b>&nbsp;<a href="mailto:support@skein.example">客服</a></div><div><b>发送时间：</b>&nbsp;2026-01-05&nbsp;10:02</div><div><b>收件人：</b>&nbsp;<a href="mailto:an@customer.example">安</a></div><div><b>主题：</b>&nbsp;订单</div></div></div><div>您好，已经发货。</div></blockquote></body>',
  ],
  [
    'QQ 邮箱',
    '还没有收到。',
    '<div>还没有收到。</div><div><br></div><div><includetail><!--<![endif]--></includetail></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b> "客服" &lt;support@skein.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年1月5日(星期一) 上午10:02</div><div><b>收件人:</b>&nbsp;"安"&lt;an@qq.example&gt;;</div><div><b>主题:</b>&nbsp;订单</div></div><div><br></div><div>您好，已经发货。</div>',
  ],
  [
    '163 网页版',
    '还没有收到。',
    '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial"><div>还没有收到。</div><p style="margin: 0;"><br></p><p>At 2026-01-05 10:02:00, "Support" &lt;support@skein.example&gt; wrote:</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid"><div>您好，已经发货。</div></blockquote></div>',
  ],
  [
    'Outlook, Chinese',
    '还没有收到。',
    '<body lang="ZH-CN"><div class="WordSection1"><p class="MsoNormal">还没有收到。</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人<span lang="EN-US">:</span></b> 客服 &lt;support@skein.example&gt;<br><b>发送时间<span lang="EN-US">:</span></b> 2026年1月5日 10:02<br><b>收件人<span lang="EN-US">:</span></b> 安 &lt;an@customer.example&gt;<br><b>主题<span lang="EN-US">:</span></b> 订单</p></div></div><p class="MsoNormal">您好，已经发货。</p></div></body>',
  ],
  [
    'Outlook, English',
    'It has not come.',
    '<body lang="EN-US"><div class="WordSection1"><p class="MsoNormal">It has not come.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Support &lt;support@skein.example&gt; <br><b>Sent:</b> Monday, January 5, 2026 10:02 AM<br><b>To:</b> Ann<br><b>Subject:</b> Order</p></div></div><p class="MsoNormal">Dear Ann, we sent it.</p></div></body>',
  ],
  [
    'Outlook on the web',
    'It has not come.',
    '<div class="elementToProof">It has not come.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><font><b>From:</b> Support &lt;support@skein.example&gt;<br><b>Sent:</b> Monday, January 5, 2026 10:02 AM<br><b>To:</b> Ann<br><b>Subject:</b> Order</font></div><div>Dear Ann, we sent it.</div>',
  ],
  [
    'Gmail, Chinese',
    '还没有收到。',
    '<div dir="ltr">还没有收到。</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">客服 &lt;<a href="mailto:support@skein.example">support@skein.example</a>&gt; 于2026年1月5日周一 10:02写道：<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">您好，已经发货。</blockquote></div>',
  ],
  [
    'Gmail, English',
    'It has not come.',
    '<div dir="ltr">It has not come.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Jan 5, 2026 at 10:02 AM Support &lt;<a href="mailto:support@skein.example">support@skein.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Dear Ann, we sent it.</blockquote></div>',
  ],
  [
    'Apple Mail',
    'It has not come.',
    '<body>It has not come.<br><div><br><blockquote type="cite"><div>On 5 Jan 2026, at 10:02, Support &lt;support@skein.example&gt; wrote:</div><br><div><div>Dear Ann, we sent it.</div></div></blockquote></div></body>',
  ],
]

describe('an answer in HTML alone is folded where the program repeats the earlier mail', () => {
  test.for(programs)('%s', ([, own, html]) => {
    const raw = Buffer.from(
      `From: Ann <ann@customer.example>\r\nSubject: Re: Order\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
    )
    const inbound = toInbound(raw, account(), { from: null })
    // A signature (Foxmail puts a line above it) is the writer's own.
    expect(inbound.text.replace(/\n+-+\n+安$/, '')).toBe(own)
    expect(inbound.quoted).toMatch(/Dear Ann, we sent it\.|您好，已经发货。/)
  })
})
