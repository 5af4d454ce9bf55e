/** What the owner pastes. Pure. */
import type { DeploymentType } from '../../../schema/wire/embed.ts'

export interface EmbedSnippets {
  /** The script tag alone: a launcher in the corner. */
  readonly script: string
  /** The same script and the element where it shall stand. */
  readonly element: string
  /** Addresses of pages that we serve ourselves. */
  readonly pages: readonly string[]
}

interface Embedded {
  readonly deploymentId: string
  readonly type: DeploymentType
  readonly celebritySlug: string
  readonly campaignSlug: string | null
  readonly hosts: readonly string[]
  readonly publicUrl: URL
}

/** `crossorigin` makes the browser say which page asks: only then the deployment's look comes with the script. */
export function embedSnippets({
  deploymentId,
  type,
  celebritySlug,
  campaignSlug,
  hosts,
  publicUrl,
}: Embedded): EmbedSnippets {
  const src = `${publicUrl.origin}/v1/embed/${deploymentId}/twin.js`
  const port = publicUrl.port === '' ? '' : `:${publicUrl.port}`
  const own = hosts.map((host) => `${publicUrl.protocol}//${host}${port}/`)
  return {
    script: `<script async crossorigin src="${src}" data-deployment-id="${deploymentId}"></script>`,
    element: `<script async crossorigin src="${src}"></script>\n<vibethink-twin deployment-id="${deploymentId}"></vibethink-twin>`,
    pages: [...pathsOf(type, celebritySlug, campaignSlug).map((path) => publicUrl.origin + path), ...own],
  }
}

/** On our host only two kinds of deployment have a page. */
function pathsOf(type: DeploymentType, celebritySlug: string, campaignSlug: string | null): readonly string[] {
  switch (type) {
    case 'VIBETHINK_PORTAL':
      return [`/${celebritySlug}`]
    case 'BRAND_CAMPAIGN':
      return campaignSlug === null ? [] : [`/${celebritySlug}/${campaignSlug}`]
    case 'EMBEDDED_WIDGET':
    case 'WHITE_LABEL':
      return []
  }
}
