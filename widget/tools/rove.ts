/** One stop for Tab, and the arrows inside: a hundred messages must not cost three hundred keys. */
export function rove(event: KeyboardEvent): void {
  const { key, target, currentTarget } = event
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return
  const buttons = [...currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === target)
  const onward = getComputedStyle(currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const to =
    key === 'Home'
      ? 0
      : key === 'End'
        ? buttons.length - 1
        : /^Arrow(Left|Right)$/.test(key)
          ? (at + (key === onward ? 1 : buttons.length - 1)) % buttons.length
          : -1
  if (at < 0 || to < 0) return
  event.preventDefault()
  event.stopPropagation()
  buttons[to]?.focus()
}
