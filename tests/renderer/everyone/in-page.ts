// What is asked of the page in every scene. Each function runs in the page, so it stands on its own.

/** Words that are cut, things out of reach, a page that scrolls sideways: a sentence each. @param interfaceWords what the desk itself says */
export function notFitting(interfaceWords: readonly string[]): string[] {
  const own = new Set(interfaceWords)
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth)
    found.push(`the page scrolls sideways: ${root.scrollWidth} in ${innerWidth}`)

  const called = (element: Element): string => {
    const name = element.getAttribute('class')?.split(' ')[0] ?? ''
    return `${element.tagName.toLowerCase()}${name ? `.${name}` : ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`
  }
  const shown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest('.sr, [aria-hidden=true], [inert]')
  /** Somewhere the whole of it can be read: where the pointer rests, or where pressing leads. */
  const readable = (element: Element): boolean =>
    element.closest('[title], [role=option], a[href], button, [data-whole]') !== null
  const scrolls = (style: CSSStyleDeclaration, axis: 'x' | 'y'): boolean =>
    /auto|scroll/.test(axis === 'x' ? style.overflowX : style.overflowY)

  const all = [...document.body.querySelectorAll<HTMLElement>('*')].filter(shown)
  for (const element of all) {
    const style = getComputedStyle(element)
    const text = (element.textContent ?? '').trim()
    if (text === '' || style.overflowX === 'visible' || scrolls(style, 'x')) continue
    // Two pixels and less is what is there for screen readers alone.
    if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth <= 2) continue
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent?.trim())
    if (style.textOverflow !== 'ellipsis') {
      if (words) found.push(`cut without a sign: ${called(element)}`)
      // Twice as large a row of the list keeps its height: what is cut there is whole where the row leads.
    } else if (own.has(text) && (innerWidth >= 900 || !element.closest('[role=option]')))
      found.push(`a word of the desk is cut: ${called(element)}`)
    else if (!readable(element)) found.push(`cut, and nowhere to be read whole: ${called(element)}`)
  }

  const pressed =
    'button, a[href], input:not([type=hidden]):not([type=file]), textarea, select, [role=tab], [role=menuitem], [role=switch]'
  const modal = document.querySelector('[role=dialog][data-modal], [role=alertdialog]')
  for (const control of document.querySelectorAll<HTMLElement>(pressed)) {
    // The rows of a list come and go; the second line of the bar for formatting is brought into sight by the focus.
    if (!shown(control) || control.closest('.virtual-list, .comp-format')) continue
    if (modal && !modal.contains(control)) continue
    const box = control.getBoundingClientRect()
    if (box.width === 0 || getComputedStyle(control).clipPath !== 'none') continue
    // What scrolls can bring it into sight; what only cuts cannot.
    let [x, y] = [true, true]
    let cut = ''
    for (let above = control.parentElement; above && above !== document.body; above = above.parentElement) {
      const style = getComputedStyle(above)
      if (scrolls(style, 'x') && above.scrollWidth > above.clientWidth) x = false
      if (scrolls(style, 'y') && above.scrollHeight > above.clientHeight) y = false
      const hides = above.getBoundingClientRect()
      if (x && style.overflowX !== 'visible' && (box.right > hides.right + 2 || box.left < hides.left - 2))
        cut ||= called(above)
      if (y && style.overflowY !== 'visible' && (box.bottom > hides.bottom + 2 || box.top < hides.top - 2))
        cut ||= called(above)
      if (style.position === 'fixed') break
    }
    if (cut) found.push(`${called(control)} is cut off by ${cut.slice(0, 60)}`)
    if (x && (box.left < -1 || box.right > innerWidth + 1))
      found.push(`outside the window: ${called(control)}`)
    if (y && (box.top < -1 || box.bottom > innerHeight + 1))
      found.push(`outside the window: ${called(control)}`)
  }
  return [...new Set(found)]
}

/** Controls that lie under something else of the same layer. */
export function covered(): string[] {
  const layer = (element: Element): Element | null =>
    element.closest(
      '[role=dialog], [role=menu], [role=alertdialog], [data-radix-popper-content-wrapper], .toasts, .scrim, .shell-veil, .shell-side, .views-veil, .views-drawer, .tour-card, .tour-ring, .tour, .insert, .chosen-bar, .im-foot, .comp-bar, .tl-jump',
    )
  const found: string[] = []
  for (const control of document.querySelectorAll<HTMLElement>(
    'button, a[href], input, textarea, [role=tab]',
  )) {
    const box = control.getBoundingClientRect()
    if (box.width === 0 || control.closest('.sr, [aria-hidden=true]')) continue
    if (!control.checkVisibility({ visibilityProperty: true })) continue
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    // What is scrolled away is not covered.
    let away = false
    for (let above = control.parentElement; above && !away; above = above.parentElement) {
      const hides = above.getBoundingClientRect()
      const { overflowX, overflowY } = getComputedStyle(above)
      away =
        (overflowY !== 'visible' && (y <= hides.top || y >= hides.bottom)) ||
        (overflowX !== 'visible' && (x <= hides.left || x >= hides.right))
    }
    const at = away ? null : document.elementFromPoint(x, y)
    if (!at || control.contains(at) || at.contains(control) || layer(at) !== layer(control)) continue
    if (control.closest('label')?.contains(at) || at.closest('label')?.contains(control)) continue
    found.push(
      `${control.className.split(' ')[0]} “${control.textContent?.slice(0, 30)}” lies under ${at.tagName}.${at.className}`,
    )
  }
  return found
}

/** What moves although nobody wants motion. */
export function moving(): string[] {
  const found: string[] = []
  const longest = (times: string): number =>
    Math.max(...times.split(',').map(each => Number.parseFloat(each)))
  for (const element of document.querySelectorAll('*')) {
    const style = getComputedStyle(element)
    if (longest(style.transitionDuration) > 0)
      found.push(`a transition of ${style.transitionDuration} on ${element.className}`)
    if (style.animationName !== 'none' && longest(style.animationDuration) > 0)
      found.push(`${style.animationName} for ${style.animationDuration} on ${element.className}`)
  }
  return [...new Set(found)]
}

/** Whether what has the focus can be seen, and where: for going through a scene with the Tab key. */
export function focused(): {
  key: string
  id: string
  box: { x: number; y: number; width: number; height: number }
  /** Where that which had the focus before stands now: it may have been scrolled. */
  before: { x: number; y: number; width: number; height: number } | null
  closes: boolean
  /** A layer that has opened has the focus itself while nothing in it has; in a list that one types into, the caret shows it. */
  layer: boolean
  seen: boolean
  region: string
  inDialog: boolean
  label: string
} | null {
  const element = document.activeElement as HTMLElement | null
  if (!element || element === document.body) return null
  const { x, y, width, height } = element.getBoundingClientRect()
  const kept = element as HTMLElement & { everyoneId?: string }
  kept.everyoneId ??= String(Math.random())
  const boxOf = (of: Element) => {
    const { x, y, width, height } = of.getBoundingClientRect()
    return { x, y, width, height }
  }
  const here = globalThis as typeof globalThis & { everyoneBefore?: Element }
  const was = here.everyoneBefore
  // What has been scrolled out of sight, or given its room to what has the focus now, stands nowhere.
  const still = (of: Element): boolean => {
    const box = of.getBoundingClientRect()
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return at !== null && (of.contains(at) || at.contains(of))
  }
  const before = was?.isConnected && still(was) ? boxOf(was) : null
  here.everyoneBefore = element
  const region = element.closest('[role=dialog], [role=menu], [data-column], .shell-top, .toasts')
  return {
    key: `${element.tagName} ${element.getAttribute('role') ?? ''} ${element.className}`,
    id: kept.everyoneId,
    box: { x, y, width, height },
    before,
    layer: element.tabIndex < 0 || element.hasAttribute('cmdk-input'),
    closes: element.closest('.dialog-head, .settings-close') !== null,
    seen:
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      width > 0 &&
      x < innerWidth &&
      y < innerHeight &&
      x + width > 0 &&
      y + height > 0,
    region: region?.getAttribute('data-column') ?? region?.getAttribute('role') ?? region?.className ?? '',
    inDialog: element.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null,
    label: `${element.className.toString().split(' ')[0] || element.tagName} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').slice(0, 40)}”`,
  }
}
