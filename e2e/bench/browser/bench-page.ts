/** The page a widget is put into: an ordinary one, with a header, columns of text, pictures of a given size and a footer. */

const PARAGRAPH =
  'The river end fills first, because the wind comes from the other side. By two o’clock the terrace is a wall of scarves, ' +
  'and the man who sells the programme has given up on change. What follows is not always football, but it is always Saturday.'

const STYLE = `
  body { margin: 0; font: 17px/1.6 Georgia, serif; color: #1c1a17; background: #fbf9f4 }
  header, main, footer { max-width: 960px; margin: 0 auto; padding: 24px }
  header { display: flex; justify-content: space-between; border-bottom: 1px solid #d8d2c4 }
  nav a { margin-left: 20px; color: #7a2e1d }
  .columns { display: grid; grid-template-columns: 2fr 1fr; gap: 40px }
  figure { margin: 0 0 24px } svg { display: block; width: 100%; height: auto }
  .widget { position: fixed; right: 24px; bottom: 24px; display: block; width: 400px; height: 600px; background: #fff }
`
const PICTURE =
  '<figure><svg viewBox="0 0 600 240" width="600" height="240" role="img" aria-label="A terrace"><rect width="600" height="240" fill="#d9c9a3"/><path d="M0 200 Q150 120 300 180 T600 150 V240 H0Z" fill="#6b7f5a"/><circle cx="470" cy="70" r="34" fill="#f2e6c8"/></svg><figcaption>The river end, drawn from memory.</figcaption></figure>'

/** The page with `embed` at the end of its body. */
export function benchPage(embed: string): string {
  const story = Array.from({ length: 12 }, (_, at) => `<p>${at + 1}. ${PARAGRAPH}</p>`).join('\n')
  const aside = Array.from({ length: 6 }, (_, at) => `<li><a href="#story-${at}">Saturday ${at + 1}</a></li>`).join('')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Saturdays</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body>
<header><strong>Saturdays</strong><nav><a href="#a">Notebook</a><a href="#b">Grounds</a><a href="#c">About</a></nav></header>
<main><h1>Saturdays at the river end</h1>${PICTURE}<div class="columns"><article>${story}</article><aside><h2>Before</h2><ol>${aside}</ol></aside></div></main>
<footer>Drawn and written for measuring.</footer>
${embed}
</body>
</html>`
}
