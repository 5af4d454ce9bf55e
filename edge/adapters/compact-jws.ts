/** The one spelling of a JWS that we take: jose's parser forgives padding, and one token must not have two names. */
export const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/
