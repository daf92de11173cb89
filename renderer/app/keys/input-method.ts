/**
 * An input method’s Escape gives up what is being composed and means nothing else; on a Mac the page sees it as Escape all the same. Dialogs, lists
 * and fields would close with it, and what was half composed would be kept or lost. So nobody hears it (229: the key of an input method that does not
 * say that it composes). Called once, by main.tsx, before anybody else listens.
 */
export function keepInputMethodsEscape(): void {
  const stop = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && (event.isComposing || event.keyCode === 229))
      event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', stop, { capture: true })
}
