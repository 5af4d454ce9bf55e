/** The club's members, both invented: who may sign in on the demo's pages, and what their plan says. */

export interface Member {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly week: number
}

export const MEMBERS: readonly Member[] = [
  { id: 'nia', name: 'Nia Okonjo', plan: 'First five kilometres', week: 5 },
  { id: 'tom', name: 'Tom Hale', plan: 'Half marathon', week: 9 },
]

export function memberOf(id: unknown): Member | undefined {
  return MEMBERS.find((member) => member.id === id)
}
