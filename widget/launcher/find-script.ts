/** The script tag that brought us. Script optimisers empty `currentScript`, and an image named so can take its place. */
export function findScript(): HTMLScriptElement | null {
  const { currentScript } = document
  return currentScript instanceof HTMLScriptElement && currentScript.src
    ? currentScript
    : document.querySelector('script[src][data-deployment-id],script[src*="/twin"]')
}
