/** `@vibethink/twin/define`: registers `<vibethink-twin>`, once however many copies of it a page has. */
import { TwinElement } from './packaged-twin.ts'

// (On a server there is nowhere to register.)
const registry = 'customElements' in globalThis ? customElements : undefined
const standing = registry?.get('vibethink-twin')
if (!standing) registry?.define('vibethink-twin', TwinElement)
else if (standing !== TwinElement) {
  console.warn('[twin] Another copy has registered <vibethink-twin> already: that one is used, and this one is not.')
}

export { TwinElement }
export type { TwinEventMap } from '../element/twin-event-map.ts'
