/**
 * The look of the pages we serve ourselves. Inline under the response's nonce, so it holds constants and one checked
 * colour. Text never stands on the accent itself, only on tints of it too pale or too deep to spoil the contrast.
 */
import type { Scheme } from '../../schema/wire/embed.ts'
import { safeAccent } from './safe-accent.ts'

const LIGHT = '--page:#f6f6f4;--stage:#fff;--ink:#191b1f;--soft:#555a63;--line:#dedfdc;--tint:13%'
const DARK = '--page:#131417;--stage:#1b1d21;--ink:#f0f0ee;--soft:#abb0b9;--line:#33363d;--tint:20%'

/** Sheet of a page in a deployment's accent and scheme. */
export function pageStyles({ accent, scheme }: { readonly accent: string; readonly scheme: Scheme }): string {
  return `${schemeRules(scheme)}:root{--accent:${safeAccent(accent)};--wash:color-mix(in oklab,var(--accent) var(--tint),var(--page))}${SHEET}`
}

function schemeRules(scheme: Scheme): string {
  switch (scheme) {
    case 'light':
      return `:root{color-scheme:light;${LIGHT}}`
    case 'dark':
      return `:root{color-scheme:dark;${DARK}}`
    case 'auto':
      return `:root{color-scheme:light dark;${LIGHT}}@media (prefers-color-scheme:dark){:root{${DARK}}}`
  }
}

const SHEET = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100dvh;background:var(--page);color:var(--ink);font:400 1.0625rem/1.55 'Avenir Next',Avenir,'Segoe UI Variable Text','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;display:grid}
h1,p{margin:0}
h1{font-size:clamp(2.25rem,4.2vw,4rem);line-height:1.02;letter-spacing:-.032em;font-weight:700;text-wrap:balance;overflow-wrap:anywhere}
img{display:block}
a{color:inherit;text-underline-offset:4px}
:focus-visible{outline:3px solid var(--ink);outline-offset:3px;border-radius:4px}
.skip{position:absolute;inset-inline-start:16px;top:-90px;z-index:2;padding:12px 18px;background:var(--ink);color:var(--page);border-radius:8px}
.skip:focus{top:12px}
.cover{background:var(--wash);overflow-wrap:anywhere}
.tagline{color:var(--soft)}
.intro{font-size:1.1875rem;line-height:1.5;max-width:38ch;text-wrap:pretty}
.sponsor{font-weight:600}
.stage{background:var(--stage);min-width:0;min-height:0;display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr);outline:0}
.stage ai-twin{display:block;min-height:0;min-width:0;height:100%}
.stage ai-twin:not(:defined){display:grid;place-items:center;padding:32px;color:var(--soft);text-align:center}
noscript{align-self:center;justify-self:center;padding:32px;max-width:44ch;text-align:center}
footer{color:var(--soft);font-size:.875rem;line-height:1.45}
@media (scripting:none){.stage ai-twin{display:none}}

.face{display:grid;place-items:center;background:color-mix(in oklab,var(--accent) 26%,var(--page));font-size:clamp(4rem,8vw,7rem);line-height:1;font-weight:700;letter-spacing:-.04em}
.white-label .cover{display:grid;grid-template-rows:minmax(0,1fr) auto}
.white-label .face{font-size:clamp(8rem,20vw,18rem)}
.white-label .cover img{width:100%;height:100%;object-fit:cover;object-position:50% 20%;min-height:0}
.white-label .cover .words{padding:clamp(28px,3vw,48px);display:grid;gap:16px;border-top:8px solid var(--accent)}
:is(.portal,.campaign) .cover{padding:clamp(28px,3.4vw,56px);display:flex;flex-direction:column;gap:20px}
:is(.portal,.campaign) .cover :is(img,.face){width:min(280px,70%);height:auto;aspect-ratio:1;object-fit:cover;border-radius:50%;border:8px solid var(--page);box-shadow:0 0 0 3px var(--accent)}
:is(.portal,.campaign) .cover .words{display:grid;gap:14px;margin-top:auto}
.portal .tagline{font-size:1.0625rem}
.campaign .cover{border-top:8px solid var(--accent)}
.sponsor{font-size:.9375rem}
.dates{color:var(--soft);font-size:.9375rem;font-variant-numeric:tabular-nums}

@media (min-width:900px){
body{grid-template:minmax(0,1fr) auto/minmax(0,5fr) minmax(0,7fr);height:100dvh;min-height:480px}
.cover{grid-row:1/3}
:is(.portal,.campaign){grid-template-columns:minmax(0,4fr) minmax(0,8fr)}
footer{background:var(--wash);padding:8px 24px 10px;text-align:center}
}
@media (max-width:899px){
body{grid-template:auto minmax(0,1fr) auto/minmax(0,1fr);height:100dvh;min-height:520px}
h1{font-size:clamp(1.5rem,6vw,2.25rem);line-height:1.1}
.white-label .cover{grid-template:auto/72px minmax(0,1fr);align-items:center;border-bottom:4px solid var(--accent)}
.white-label .cover :is(img,.face){height:100%;min-height:72px;object-position:50% 30%}
.white-label .face{font-size:1.75rem}
.white-label .cover .words{border:0;padding:14px 20px;gap:4px}
:is(.portal,.campaign) .cover{padding:16px 20px;border-top:4px solid var(--accent)}
:is(.portal,.campaign) .cover :is(img,.face){display:none}
.cover .intro{font-size:1rem;line-height:1.4;max-width:60ch}
.portal .tagline{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
footer{padding:8px 20px calc(8px + env(safe-area-inset-bottom));background:var(--wash);text-align:center}
}
@media (max-width:899px) and (max-height:960px){.cover .intro{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}

.nothing{place-items:center;padding:32px;grid-template:minmax(0,1fr)/minmax(0,1fr)}
.nothing main{max-width:520px;display:grid;gap:18px}
.nothing svg{width:96px;height:96px;color:var(--soft)}
.nothing p{font-size:1.125rem;color:var(--soft)}
.notice{background:var(--wash);grid-template:minmax(0,1fr) auto/minmax(0,1fr);height:auto;min-height:100dvh}
.notice main{place-self:center;width:min(100%,640px);padding:clamp(32px,8vh,96px) clamp(20px,5vw,48px);display:grid;gap:20px;justify-items:start}
.notice :is(img,.face){width:160px;height:160px;object-fit:cover;border-radius:50%;border:6px solid var(--page);box-shadow:0 0 0 3px var(--accent)}
.notice .face{font-size:3.5rem}
.notice h1{font-size:clamp(2rem,6vw,3.5rem)}
.notice .intro{max-width:48ch}
.notice dl{margin:8px 0 0;display:grid;gap:16px}
.notice dt{color:var(--soft);font-size:.875rem}
.notice dd{margin:0;font-size:1.1875rem;font-weight:600;font-variant-numeric:tabular-nums;text-wrap:balance}
.notice .onward{display:inline-block;padding:13px 22px;border-radius:999px;background:var(--ink);color:var(--page);text-decoration:none;font-weight:600}
.notice .onward:focus-visible{border-radius:999px}
.notice footer{grid-row:2;padding:16px 20px calc(16px + env(safe-area-inset-bottom));text-align:center}
@media (forced-colors:active){.cover{border:1px solid}}
`
