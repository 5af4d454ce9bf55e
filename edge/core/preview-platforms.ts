/**
 * Platforms that put previews beside everybody else's sites, below a public suffix. A pattern is admitted where the
 * platform itself keeps a part of the name for the site's owner; elsewhere a stranger could take a name that fits it.
 */

/**
 * Where what stands after `--` in a label is the owner's site: Netlify serves `<deploy>--<site>.netlify.app` and keeps `--`
 * for that.
 */
const OWNED_AFTER_DOUBLE_HYPHEN: ReadonlySet<string> = new Set(['netlify.app'])
const SITE = /^--[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Whether only the owner of one site can have names that fit `<before>*<after>.<suffix>`. */
export function isOwnedPreview({ before, after, suffix }: PreviewPattern): boolean {
  return OWNED_AFTER_DOUBLE_HYPHEN.has(suffix) && SITE.test(after) && !before.includes('--')
}

export interface PreviewPattern {
  readonly before: string
  readonly after: string
  /** A public suffix. */
  readonly suffix: string
}

/** What to write instead, as the end of a sentence. */
export function previewAdvice(suffix: string): string {
  switch (suffix) {
    case 'netlify.app':
      return 'only what follows -- is the site’s own: write https://*--my-site.netlify.app'
    case 'pages.dev':
      return 'previews have names below the project’s: write https://*.my-project.pages.dev'
    case 'workers.dev':
      return 'previews have names below the account’s: write https://*.my-account.workers.dev'
    case 'vercel.app':
      return `anybody may take a free name of ${suffix}. Give previews a domain of your own (Vercel: Preview Deployment Suffix), or add each origin by itself: write https://*.preview.example.com`
    default:
      return `anybody may take a free name of ${suffix}. Give previews a domain of your own, or add each origin by itself: write https://*.preview.example.com`
  }
}
