/** A deployment appears once on a page: its first element speaks, the others wait in silence. */
export function standsFirst(host: HTMLElement): boolean {
  const scope = host.getRootNode()
  const id = host.getAttribute('deployment-id')
  if (!id || !(scope instanceof Document || scope instanceof ShadowRoot)) return false
  return scope.querySelector(`${host.localName}[deployment-id="${CSS.escape(id)}"]`) === host
}
