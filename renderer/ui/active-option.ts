/**
 * Names the option that the arrows are at on the field that has the focus, and keeps it in sight, whatever comes and goes in the list:
 * cmdk itself does both only when another value is chosen, so of results that are replaced it names one that is gone, and of a list
 * that grows at its top it shows the middle. For `ref` of a Command.
 */
export function activeOption(root: HTMLElement | null): (() => void) | undefined {
  if (!root) return undefined
  let before: string | undefined
  const say = (): void => {
    const option = root.querySelector('[cmdk-item][aria-selected=true]')
    const id = option?.id
    for (const each of root.querySelectorAll('[cmdk-input], [cmdk-list]')) {
      if (id === undefined) each.removeAttribute('aria-activedescendant')
      else if (each.getAttribute('aria-activedescendant') !== id)
        each.setAttribute('aria-activedescendant', id)
    }
    if (id === before) return
    before = id
    // With the first its heading is seen, too.
    if (option && option === root.querySelector('[cmdk-item]'))
      root.querySelector('[cmdk-list]')?.scrollTo(0, 0)
    else option?.scrollIntoView({ block: 'nearest' })
  }
  const observer = new MutationObserver(say)
  observer.observe(root, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-selected', 'aria-activedescendant', 'id'],
  })
  say()
  return () => observer.disconnect()
}
