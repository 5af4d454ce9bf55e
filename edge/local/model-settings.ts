/** Which model a local platform speaks with, read from the environment of whoever starts it. */
import { fail, ok } from '../../schema/domain/result.ts'
import type { Result } from '../../schema/domain/result.ts'

/** Variables for the Worker; none for the built-in model. */
export interface ModelSettings {
  readonly vars: Readonly<Record<string, string>>
  /** For people. */
  readonly description: string
}

/** The failure is one line that names the variable and never its value. */
export function modelSettings(env: Readonly<Record<string, string | undefined>>): Result<ModelSettings, string> {
  const key = env['OPENAI_API_KEY']?.trim() ?? ''
  const base = env['OPENAI_BASE_URL']?.trim() ?? ''
  const wire = env['OPENAI_WIRE']?.trim() ?? ''
  const model = env['TWIN_MODEL']?.trim() ?? ''
  if (key === '') {
    if (base === '' && model === '') return ok({ vars: {}, description: 'built-in (no key, no network)' })
    const named = base === '' ? 'TWIN_MODEL' : 'OPENAI_BASE_URL'
    return fail(
      `${named} is set but OPENAI_API_KEY is not: set it too (a local server takes any word), or unset ${named}.`,
    )
  }
  if (!/^[\x21-\x7e]+$/.test(key)) return fail('OPENAI_API_KEY is no key: it holds spaces or characters no key has.')
  const url = base === '' ? undefined : URL.parse(base)
  if (url === null || (url && !/^https?:$/.test(url.protocol))) {
    return fail('OPENAI_BASE_URL is no web address: it must look like https://models.example/v1.')
  }
  if (!/^(?:chat|responses)?$/.test(wire)) return fail('OPENAI_WIRE is neither chat nor responses.')
  if (!/^[\x21-\x7e]*$/.test(model)) return fail('TWIN_MODEL is no model name: it holds spaces or odd characters.')
  return ok({
    vars: {
      OPENAI_API_KEY: key,
      ...(base === '' ? {} : { OPENAI_BASE_URL: base }),
      ...(wire === '' ? {} : { OPENAI_WIRE: wire }),
      ...(model === '' ? {} : { TWIN_MODEL: model }),
    },
    description: `${model === '' ? 'gpt-4.1-mini' : model} at ${url?.host ?? 'api.openai.com'}`,
  })
}
