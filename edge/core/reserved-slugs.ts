/** First segments of addresses on our host that are ours: nobody is called so, and no page of anybody's lies below them. */
export const RESERVED_SLUGS: readonly string[] = [
  'admin',
  'api',
  'assets',
  'console',
  'favicon',
  'health',
  'login',
  'media',
  'parties',
  'problems',
  'robots',
  'v1',
  'v2',
  'www',
]
