/** `vibethink-twin:state(open)`: what a page's style sheet may know. A browser without custom states goes without. */
export class ElementMarks {
  readonly #states: CustomStateSet | undefined

  constructor(host: HTMLElement) {
    try {
      this.#states = host.attachInternals().states
    } catch {
      // Too old, or patched by the page.
    }
  }

  set(marks: Readonly<Record<string, boolean>>): void {
    try {
      for (const [name, on] of Object.entries(marks)) this.#states?.[on ? 'add' : 'delete'](name)
    } catch {
      // Chromium once took names with two dashes alone.
    }
  }
}
