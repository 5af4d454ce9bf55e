/**
 * The numbers both ends of the wire agree on (the domain's "Numbers").
 * Knows nothing of who enforces them: the room does, the widget only explains them beforehand.
 */

/** The subprotocol a twin socket speaks; the server must echo it or browsers fail the handshake. */
export const SUBPROTOCOL = 'twin.v1'
/** The subprotocol offer that carries the session token, so that it never stands in a URL or a log. */
export const SESSION_SUBPROTOCOL_PREFIX = 'twin.session.'

/** Largest frame either side accepts, in bytes of UTF-8. */
export const MAX_FRAME_BYTES = 64 * 1024
/** Longest message of a visitor, in UTF-16 code units. */
export const MAX_MESSAGE_CHARS = 4_000
/** Longest id a client may choose for its own message. */
export const MAX_MESSAGE_ID_CHARS = 64
/** Messages one conversation holds; a turn takes two. */
export const MAX_CONVERSATION_MESSAGES = 1_000
/** Messages after which the visitor is told, once, that the conversation nears its end. */
export const NEARLY_FULL_MESSAGES = 900
/** Messages one history page holds at most. */
export const MAX_PAGE_MESSAGES = 50
/** Longest life of a session, in seconds. */
export const MAX_SESSION_SECONDS = 600
/** So soon the first ticket of a session is used, or never. */
export const TICKET_SECONDS = 30
/** Bytes of randomness in a visitor's secret; base64url without padding on the wire. */
export const VISITOR_SECRET_BYTES = 32
/** Conversations one visitor may number at one deployment. */
export const MAX_CONVERSATIONS_A_VISITOR = 10_000
/** What a client sends, as a bare text frame, to learn that the line is alive; answered without waking a room. */
export const PING = 'ping'
/** The answer to {@link PING}. */
export const PONG = 'pong'
/** Names a page's context may hold. */
export const MAX_CONTEXT_KEYS = 20
/** Longest name of a page's context, in UTF-16 code units. */
export const MAX_CONTEXT_KEY_CHARS = 40
/** Longest value of a page's context, in UTF-16 code units. */
export const MAX_CONTEXT_VALUE_CHARS = 300
/** Longest comment beside a rating, in UTF-16 code units. */
export const MAX_COMMENT_CHARS = 500
/** Follow-up questions a reply ends with at most. */
export const MAX_FOLLOW_UPS = 3
/** Client frames in one `POST /v1/conversations/:id/frames`. */
export const MAX_POSTED_FRAMES = 20
/** Seconds between the comments that keep a stream of frames over HTTP alive. */
export const STREAM_KEEPALIVE_SECONDS = 20
/** Seconds for which somebody is taken to be writing. */
export const TYPING_SECONDS = 6
/** Bytes a line is sent before it has to say that it reads. */
export const LINE_WINDOW_BYTES = 256 * 1024
/** Seconds after which a line that does not say so is dropped; it comes back with the last number it saw. */
export const LINE_PATIENCE_SECONDS = 30
/** Longest name of a person of the celebrity's side, in UTF-16 code units. */
export const MAX_PERSON_NAME_CHARS = 60
/** Longest reply in a person's words, in UTF-16 code units: as long as a twin may be set to answer. */
export const MAX_REPLY_CHARS = 20_000
