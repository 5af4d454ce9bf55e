/**
 * `@vibethink/twin/react`: types for React 19, which sets properties of custom elements and listens to their events
 * itself. Brings no React, and nothing that runs: `import type {} from '@vibethink/twin/react'`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { TwinEventMap } from '../element/twin-event-map.ts'
import type { TwinElement } from './packaged-twin.ts'
import type { TwinAttributes, TwinProperties } from './twin-attributes.ts'

/** React 19 takes `on` and the event's name as it is: `ontwin:open={…}`. */
export type TwinListeners = {
  [Name in keyof TwinEventMap as `on${Name}`]?: ((event: TwinEventMap[Name]) => void) | undefined
}

/** The props of `<vibethink-twin>`, with `key`, `ref` and `children`. */
export type TwinProps = Omit<DetailedHTMLProps<HTMLAttributes<TwinElement>, TwinElement>, keyof TwinAttributes> &
  TwinAttributes &
  TwinProperties &
  TwinListeners & { class?: string | undefined }

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'vibethink-twin': TwinProps
    }
  }
}
