/**
 * Names the option that the arrows are at on the field that has the focus, whatever comes and goes in the list: cmdk itself says it
 * only when another value is chosen, so of results that are replaced it names one that is gone. For `ref` of a Command.
 */
export function activeOption(root: HTMLElement | null): (() => void) | undefined {
  if (!root) return undefined
  const say = (): void => {
    const id = root.querySelector('[cmdk-item][aria-selected=true]')?.id
    for (const each of root.querySelectorAll('[cmdk-input], [cmdk-list]')) {
      if (id === undefined) each.removeAttribute('aria-activedescendant')
      else if (each.getAttribute('aria-activedescendant') !== id)
        each.setAttribute('aria-activedescendant', id)
    }
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
