/** The Durable Object classes of wrangler.toml, each bound under its own name. */

const BINDING = /^\[\[durable_objects\.bindings\]\]\nname = "(?<name>\w+)"\nclass_name = "(?<className>\w+)"$/gm

export function readObjectClasses(wranglerToml: string): string[] {
  const found = Array.from(wranglerToml.matchAll(BINDING), ({ groups }) => ({ ...groups }))
  const names = found.flatMap(({ name, className }) => (name !== undefined && name === className ? [name] : []))
  if (names.length !== wranglerToml.match(/^\[\[durable_objects\.bindings\]\]$/gm)?.length) {
    throw new Error('wrangler.toml has a Durable Object that cannot be read, or is bound under another name.')
  }
  return names
}
