/** A page's script as its browser reads it: the types are taken out, and nothing else happens to it. */

/** `path` names the file in an error. */
export async function browserScript(path: string, source: string): Promise<string> {
  // (Brought when a page first asks: starting the sites shall not wait for a compiler.)
  const { transformWithOxc } = await import('vite')
  const { code } = await transformWithOxc(source, path, { sourcemap: false, target: 'es2022' })
  return code
}
