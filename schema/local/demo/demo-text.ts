/** A knowledge text of the demo. Paragraphs are separated by empty lines; each becomes one passage. */
export interface DemoText {
  /** The last two digits of the source's id. */
  readonly number: number
  readonly title: string
  /** Whose campaign it belongs to; absent for the celebrity's own. */
  readonly campaign?: 'solara' | 'kickCola'
  readonly body: string
}
