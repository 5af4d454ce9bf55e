/** What every candidate is asked to show: Markdown as twins write it, the same for all. */

/** The reply's last word, and nowhere else in it. */
export const LAST_WORD = 'Fulltime'

const SECTION = `

## The second half, minute by minute

It began with **a long ball** that nobody claimed, and then, as so often in Eastmoor, with *a great deal of patience*. The notebook says \`4-3-3\` until the hour and a back five afterwards; the [team sheet](https://eastmoor.example/sheets/1904) says otherwise.

- Halden pressed high for twenty minutes
- Then they did **not**, and the space between the lines was wide enough for a bus
  - Marek found it twice
  - Oduya found it once, and [scored](https://eastmoor.example/goals/oduya)
- Norwick kept the ball and waited

1. Write the line-up in pencil.
2. Listen before you speak.
3. Never say more than the picture does.

| Minute | Side | What happened |
| --- | --- | --- |
| 52 | Halden | Corner, cleared at the near post |
| 58 | Norwick | Shot from twenty metres, *just* over |
| 71 | Norwick | **Goal**, see \`notes.md\` |

\`\`\`js
const minutes = events.filter((event) => event.kind === 'goal')
for (const { minute, side } of minutes) {
  console.log(\`\${minute}: \${side}\`)
}
\`\`\`

> A commentator is a guest in somebody's kitchen, and behaves like one.

After that the rain came in from the river end. Both captains asked for new studs; the referee asked for an umbrella. There is a longer account in [the archive](https://eastmoor.example/archive/half-two) for those who like their football slow, and a shorter one at https://eastmoor.example/short for everybody else.
`

/** Exactly so many tokens of it, each of four letters at most with the space before them; ended by {@link LAST_WORD}. */
export function replyTokens(count: number): string[] {
  const section = piecesOf(SECTION)
  const end = piecesOf(`\n\n${LAST_WORD}`)
  return [...Array.from({ length: count - end.length }, (_, at) => section[at % section.length] ?? ''), ...end]
}

/** About as long as the tokens of a model are in English. */
function piecesOf(text: string): string[] {
  return text.match(/\s*\S{1,4}/g) ?? []
}

const QUESTIONS = ['Who scored first?', 'What was the weather like?', 'Did you keep the notebook?', 'And the referee?']
const ANSWERS = [
  'Oduya, in the **71st minute**, from the edge of the box. It is in [the archive](https://eastmoor.example/archive).',
  'Rain from the river end. Three things changed:\n\n- the ball\n- the studs\n- the *mood*',
  'All thirty-one of them. The page of that evening says:\n\n```\n71  Oduya  1-0\n```',
  'He asked for an umbrella, and `nobody` had one. I said so on air, and regretted it by the second sentence.',
]

/** A conversation of so many messages, turn about. */
export function conversationOf(count: number): { role: 'visitor' | 'twin'; text: string }[] {
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? { role: 'visitor', text: `${QUESTIONS[(at / 2) % QUESTIONS.length]} (${at + 1})` }
      : { role: 'twin', text: `${ANSWERS[((at - 1) / 2) % ANSWERS.length]}\n\nThat was line ${at + 1}.` },
  )
}
