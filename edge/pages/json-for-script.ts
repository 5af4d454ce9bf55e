/** The data block a page hands to its script. */
import { raw } from 'hono/html'

/** JSON for `<script type="application/json">`: it holds no `<`, so neither `</script>` nor `<!--` can occur in it. */
export function jsonForScript(value: unknown): ReturnType<typeof raw> {
  const json = JSON.stringify(value) ?? 'null'
  return raw(
    json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
