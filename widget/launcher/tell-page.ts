/** Tells the page, also out of a shadow root. */
export function tellPage(host: HTMLElement, name: string, detail?: object): void {
  host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }))
}
