/** What a template may say of the element: its attributes, and the properties frameworks set. Held to the manifest. */
import type { Launcher, Position, Scheme } from '../../schema/wire/embed.ts'
import type { Persistence } from '../session/twin-session.ts'
import type { TwinElement } from './packaged-twin.ts'

/** As HTML has them. */
export interface TwinAttributes {
  'deployment-id'?: string | undefined
  'server-url'?: string | undefined
  locale?: string | undefined
  theme?: Scheme | undefined
  mode?: 'bubble' | 'popup' | 'inline' | 'page' | undefined
  position?: Position | undefined
  open?: boolean | undefined
  disabled?: boolean | undefined
  launcher?: Launcher | undefined
  'launcher-label'?: string | undefined
  proactive?: 'off' | undefined
  'proactive-delay'?: string | number | undefined
  persist?: Persistence | undefined
  consent?: 'required' | undefined
  'privacy-url'?: string | undefined
  'terms-url'?: string | undefined
  'text-contents'?: string | undefined
  analytics?: 'datalayer' | undefined
  'event-words'?: boolean | undefined
  'dynamic-variables'?: string | undefined
}

/** What no attribute can carry. */
export type TwinProperties = Partial<Pick<TwinElement, 'tokenProvider'>>
