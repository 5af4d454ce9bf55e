/** Asks the demo's server, as a page asks its own, for the proof of who is signed in. */

/** Signs a member in at the playground and answers with a fresh proof. */
export async function proofFor(member: string): Promise<string> {
  const signedIn = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ member }),
  })
  if (!signedIn.ok) throw new Error(`The demo's server signed nobody in (${signedIn.status})`)
  const answer = await fetch('/session/proof', { method: 'POST' })
  if (!answer.ok) throw new Error(`The demo's server gave no proof (${answer.status})`)
  const { proof }: { readonly proof?: unknown } = await answer.json()
  if (typeof proof !== 'string') throw new Error('The demo’s server answered with something else')
  return proof
}
