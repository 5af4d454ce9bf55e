import { expect, it } from 'vitest'
import { frameAncestors } from './frame-ancestors.ts'

const list = ['https://www.example.com', 'https://*.example.com:8443', 'https://*--my-site.netlify.app']
const listed = ['https://www.example.com', 'https://*.example.com:8443']

it('follows the allow-list', () => {
  expect(frameAncestors({ allowedOrigins: list }, undefined)).toEqual(listed)
})

it('is nobody where nobody is allowed', () => {
  expect(frameAncestors({ allowedOrigins: [] }, 'https://www.example.com/')).toEqual([])
})

it('names the preview that asks', () => {
  const referrer = 'https://deploy-preview-4--my-site.netlify.app/page?x'
  expect(frameAncestors({ allowedOrigins: list }, referrer)).toEqual([
    ...listed,
    'https://deploy-preview-4--my-site.netlify.app',
  ])
})

it.each([
  'https://evil.netlify.app/',
  'https://evil.example/https://a--my-site.netlify.app',
  'https://a--my-site.netlify.app.evil.example/',
  'https://a--my-site.netlify.app@evil.example/',
  "https://evil.example/'; frame-ancestors *",
  'null',
  '',
])('names nobody else, whatever the referrer says: %s', (referrer) => {
  expect(frameAncestors({ allowedOrigins: list }, referrer)).toEqual(listed)
})

it('does not name a whole platform, though a row should hold one', () => {
  const allowedOrigins = ['https://*.github.io', 'https://*.amazonaws.com', 'https://*.vercel.app']
  expect(frameAncestors({ allowedOrigins }, undefined)).toEqual([])
})
