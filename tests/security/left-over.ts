/** In the page: elements and attributes that must not be in a sanitised document, whatever was put in. Uses nothing from outside. */
export function leftOver(page: Document): string[] {
  const found: string[] = []
  const forbidden =
    /^(?:script|i?frame|frameset|object|embed|applet|form|input|button|textarea|select|svg|math|base|link|video|audio|source|track|template|slot|dialog|map|area|noscript|xmp|plaintext|portal|webview|.*-.*)$/
  for (const element of page.querySelectorAll('*')) {
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml')
      found.push(`namespace of ${element.localName}`)
    if (forbidden.test(element.localName)) found.push(element.localName)
    if (
      element.localName === 'meta' &&
      !/^(?:utf-8|no-referrer|default-src)/.test(
        element.getAttribute('charset') ?? element.getAttribute('content') ?? '',
      )
    )
      found.push('meta')
    for (const { name, value } of element.attributes) {
      if (/^on|^xmlns|:/i.test(name)) found.push(name)
      if (
        /^(?:href|action|formaction|background|srcset|ping|target|poster|data|cite|srcdoc|is|usemap|popover|autofocus|contenteditable|longdesc|manifest|profile|attributionsrc|lowsrc|dynsrc|imagesrcset|http-equiv)$/.test(
          name,
        ) &&
        !(element.localName === 'meta' && name === 'http-equiv' && value === 'Content-Security-Policy')
      )
        found.push(`${name}=${value.slice(0, 80)}`)
      if (name === 'src' && !/^(?:data:image\/(?:png|gif|jpe?g|webp);base64,|blob:)/i.test(value))
        found.push(`src=${value.slice(0, 80)}`)
    }
  }
  // What the engine makes of the styles, not how they are spelt: no address is left in any of them.
  const address = /url\(|image-set\(|@import|\bsrc\(/i
  const styled = [...page.querySelectorAll<HTMLElement>('[style]')].map(({ style }) => style.cssText)
  for (const sheet of page.styleSheets) for (const rule of sheet.cssRules) styled.push(rule.cssText)
  for (const css of styled)
    if (address.test(css)) found.push(`style ${address.exec(css)?.[0]} in ${css.slice(0, 120)}`)
  return found
}
