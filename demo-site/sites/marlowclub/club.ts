/**
 * The club's own script, as an owner would write it: who is signed in comes from the club's server, is shown on the page
 * and told to the twin. The twin is spoken to through the page's queue, so that it does not matter which comes first.
 */

interface Member {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly week: number
}

declare global {
  interface Window {
    VibeThinkTwin?: { push(command: readonly unknown[]): unknown }
  }
}

const LENGTHS: Readonly<Record<string, number>> = { nia: 8, tom: 12 }
const signedOut = new Map(['title', 'lede', 'card-title', 'card-words'].map((id) => [id, place(id).textContent ?? '']))

const tell = (...command: readonly unknown[]): void => void (window.VibeThinkTwin ??= []).push(command)

tell('setContext', { page: 'club house' })
const present = await ask('GET')
show(present)
if (present) introduce(present)

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-member]')) {
  button.addEventListener('click', () => void enter(button.dataset['member'] ?? ''))
}
place('out').addEventListener('click', () => void leave())

async function enter(id: string): Promise<void> {
  const member = await ask('POST', { member: id })
  if (!member) return complain('The club’s server could not sign you in. Try again in a moment.')
  show(member)
  introduce(member)
  place('out').focus()
}

async function leave(): Promise<void> {
  await ask('DELETE')
  tell('logout')
  tell('setContext', { page: 'club house' })
  show(undefined)
  place('as-nia').focus()
}

function introduce({ plan, week }: Member): void {
  tell('identify', proof)
  tell('setContext', { page: 'club house', plan, week })
}

/** Asked for by the twin, at every new session. */
async function proof(): Promise<string> {
  const answer = await fetch('/session/proof', { method: 'POST' })
  const { proof: signed }: { readonly proof?: unknown } = await answer.json()
  if (typeof signed !== 'string') throw new Error('Nobody is signed in at the club')
  return signed
}

async function ask(method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<Member | undefined> {
  try {
    const answer = await fetch('/session', {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!answer.ok || answer.status === 204) return undefined
    const { member }: { readonly member: Member | null } = await answer.json()
    return member ?? undefined
  } catch {
    return undefined // the club's server cannot be reached: nobody is signed in
  }
}

function show(member: Member | undefined): void {
  complain('')
  document.body.classList.toggle('member', member !== undefined)
  place('who').textContent = member ? `Signed in as ${member.name}` : 'You are not signed in'
  place('out').hidden = !member
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-member]')) button.hidden = !!member
  for (const [id, words] of signedOut) place(id).textContent = words
  if (!member) return
  const [first = member.name] = member.name.split(' ')
  const left = (LENGTHS[member.id] ?? member.week) - member.week
  place('title').textContent = `${first}, week ${member.week} of ${member.week + left}`
  place('lede').textContent =
    `${member.plan}. ${left} weeks to go, and the hard part is patience. Miss a day and repeat it; miss a week and repeat the one before.`
  place('card-title').textContent = 'Your own conversation'
  place('card-words').textContent =
    'What you ask Ada’s AI twin here is yours: you find it on every device you sign in on, and nobody else does. It knows your plan and your week.'
}

function complain(words: string): void {
  place('problem').textContent = words
}

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found) return found
  throw new Error(`The page has no #${id}`)
}

export {} // a module: it waits for its server at top level
