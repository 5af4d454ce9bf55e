/** The setting as its owner pastes it. Pure; what was typed is escaped for where it stands. */
import type { AttributeFact, PinnedScript } from './facts.ts'
import type { Setting } from './setting.ts'

/** `script`: one tag that places the element itself. `element`: the tag, and the element where it shall stand. */
export type SnippetForm = 'script' | 'element'

export interface SnippetWish {
  readonly setting: Setting
  readonly attributes: readonly AttributeFact[]
  readonly cdn: string
  readonly form: SnippetForm
  /** This very version, by its digest. */
  readonly pinned?: PinnedScript | undefined
}

const TAG = 'vibethink-twin'

/** Lines of HTML. */
export function snippet({ setting, attributes, cdn, form, pinned }: SnippetWish): string {
  const isFlag = (name: string): boolean => attributes.some((fact) => fact.name === name && fact.kind === 'flag')
  const given = [...setting.attributes].map(([name, value]) => ({ name, value: isFlag(name) ? undefined : value }))
  const deploymentId = setting.attributes.get('deployment-id')
  const mode = setting.attributes.get('mode')
  const own = deploymentId === undefined ? '' : `/embed/${encodeURIComponent(deploymentId)}`
  const ahead = own && mode ? `?mode=${mode}` : ''
  const script = [
    { name: 'async', value: undefined },
    { name: 'crossorigin', value: undefined },
    { name: 'src', value: pinned?.src ?? `${cdn}/v1${own}/twin.js${ahead}` },
    ...(pinned ? [{ name: 'integrity', value: pinned.integrity }] : []),
  ]
  const style = styleOf(setting)
  const sheet = style ? [`<style>\n${style.replace(/^(?=.)/gm, '  ')}\n</style>`] : []
  if (form === 'script') {
    const data = given.map(({ name, value }) => ({ name: `data-${name}`, value }))
    return [...sheet, `${opening('script', [...script, ...data])}</script>`].join('\n')
  }
  const inside = [...setting.slots].map(([name, words]) => `  <span slot="${escaped(name)}">${escaped(words)}</span>\n`)
  const children = inside.length > 0 ? `\n${inside.join('')}` : ''
  return [...sheet, `${opening('script', script)}</script>`, `${opening(TAG, given)}${children}</${TAG}>`].join('\n')
}

/** Tokens and parts as a style sheet; empty when nothing was set. */
export function styleOf({ tokens, parts }: Pick<Setting, 'tokens' | 'parts'>): string {
  const own = [...tokens].map(([name, value]) => `  ${name}: ${value};\n`)
  return [
    ...(own.length > 0 ? [`${TAG} {\n${own.join('')}}`] : []),
    ...[...parts].map(([name, rules]) => `${TAG}::part(${name}) {\n  ${rules.replace(/;?$/, ';')}\n}`),
  ]
    .join('\n')
    .replaceAll('<', '\\3c ') // no sheet ends its own element
}

interface Given {
  readonly name: string
  readonly value: string | undefined
}

/** A tag that would be too long stands on several lines. */
function opening(tag: string, given: readonly Given[]): string {
  const written = given.map(({ name, value }) => (value === undefined ? name : `${name}="${escaped(value)}"`))
  const line = [`<${tag}`, ...written].join(' ')
  return line.length <= 120 ? `${line}>` : `${[`<${tag}`, ...written].join('\n  ')}\n>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
