/**
 * Pictures of every scene, for eyes: `node e2e/a11y/take-pictures.ts [part of a scene's name]…` builds the widget and
 * leaves them in `dist/pictures`, with one sheet of contacts for each look. Not a test: what is beautiful is not equal
 * to a file.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { buildPlatform } from '../../edge/local/build-platform.ts'
import { launchChromium } from '../chromium/launch-chromium.ts'
import { playScene } from './play-scene.ts'
import { scenes, type Scene } from './scenes.ts'
import { layan, remy } from './speakers.ts'

interface Device {
  readonly name: string
  readonly context: BrowserContextOptions
  /** Of a desktop, only the corner in which the twin lives. */
  readonly corner?: number
}

const phone = { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const devices: readonly Device[] = [
  { name: 'phone', context: { viewport: { width: 390, height: 844 }, ...phone } },
  { name: 'desktop', context: { viewport: { width: 1280, height: 800 } }, corner: 480 },
  { name: 'small', context: { viewport: { width: 320, height: 640 }, ...phone } },
]
const looks = [
  { name: 'light', speaker: remy, media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', speaker: remy, media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced', speaker: remy, media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'rtl', speaker: layan, media: { colorScheme: 'light', forcedColors: 'none' } },
] as const

const folder = fileURLToPath(new URL('../../dist/pictures', import.meta.url))
const asked = process.argv.slice(2)
const wanted = scenes.filter(({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)))

if (!process.env['BUILT']) await buildPlatform()
await mkdir(folder, { recursive: true })
const browser = await launchChromium()
for (const device of devices) {
  const taken = new Map<string, { readonly scene: Scene; readonly picture: Buffer }[]>()
  for (const scene of wanted) {
    for (const speaker of [remy, layan]) {
      const played = await playScene(browser, scene, speaker, device.context)
      const { page } = played.stage
      for (const look of looks.filter((one) => one.speaker === speaker)) {
        await page.emulateMedia(look.media)
        await played.settled()
        const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
        const x = device.corner && speaker.dir === 'ltr' ? width - device.corner : 0
        const picture = await page.screenshot(
          device.corner && !scene.isPage ? { clip: { x, y: 0, width: device.corner, height } } : {},
        )
        await writeFile(join(folder, `${scene.name} ${look.name} ${device.name}.png`.replaceAll(' ', '-')), picture)
        taken.set(look.name, [...(taken.get(look.name) ?? []), { scene, picture }])
      }
      await played.close()
    }
  }
  for (const [look, pictures] of taken) await contacts(browser, `contacts-${look}-${device.name}`, pictures)
  console.log(`${device.name}: ${wanted.length} scenes`)
}
await browser.close()

/** Pictures side by side, eight to a sheet. */
async function contacts(
  camera: Browser,
  name: string,
  pictures: readonly { readonly scene: Scene; readonly picture: Buffer }[],
): Promise<void> {
  const page = await camera.newPage({ viewport: { width: 1640, height: 400 } })
  for (let from = 0; from < pictures.length; from += 8) {
    const figures = pictures
      .slice(from, from + 8)
      .map(
        ({ scene, picture }) =>
          `<figure><img src="data:image/png;base64,${picture.toString('base64')}"><figcaption>${scene.name}</figcaption></figure>`,
      )
    await page.setContent(
      `<style>body{margin:12px;display:grid;grid-template-columns:repeat(4,1fr);gap:12px;background:#8a8a8a;font:13px sans-serif}figure{margin:0}img{width:100%;display:block}</style>${figures.join('')}`,
    )
    await writeFile(join(folder, `${name}-${1 + from / 8}.png`), await page.screenshot({ fullPage: true }))
  }
  await page.close()
}
