/**
 * `@vibethink/twin/vue`: types for templates of Vue 3. Brings no Vue, and nothing that runs:
 * `import type {} from '@vibethink/twin/vue'`. The compiler needs `isCustomElement: (tag) => tag === 'vibethink-twin'`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { TwinEventMap } from '../element/twin-event-map.ts'
import type { TwinElement } from './packaged-twin.ts'
import type { TwinAttributes, TwinProperties } from './twin-attributes.ts'

/** `<vibethink-twin>` as a template sees it. */
export type VueTwin = new () => TwinElement & {
  /** For templates alone; the element has no such property. */
  $props: Omit<HTMLAttributes, keyof TwinAttributes> & PublicProps & TwinAttributes & TwinProperties
  /** For templates alone; the element has no such property. */
  $emit: EmitFn<{ [Name in keyof TwinEventMap]: (event: TwinEventMap[Name]) => void }>
}

declare module 'vue' {
  interface GlobalComponents {
    'vibethink-twin': VueTwin
  }
}
