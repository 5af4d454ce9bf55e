/**
 * ElevenLabs' widget as a text chat. Its configuration stands in the page, which spares it the request that it makes in
 * the field; its drawn orb is a picture here, since without a graphics card the orb alone would block the page. What it
 * says comes from its own servers, so it is measured until it can be asked.
 */
import type { Front } from '../front.ts'
import type { Candidate } from '../candidate.ts'

const HOST = 'elevenlabs-convai'
const CONFIG = {
  variant: 'full',
  placement: 'bottom-right',
  avatar: { type: 'image', url: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/%3E" },
  text_contents: {},
  language: 'en',
  language_presets: {},
  mic_muting_enabled: false,
  transcript_enabled: true,
  text_input_enabled: true,
  text_only: true,
  supports_text_only: true,
  disable_banner: true,
  terms_html: null,
  feedback_mode: 'none',
  first_message: null,
  default_expanded: false,
  always_expanded: false,
  use_rtc: false,
  markdown_link_allowed_hosts: [],
}

export function elevenlabs(front: Front, folder: string): Candidate {
  front.files.set('elevenlabs', folder)
  const config = JSON.stringify(CONFIG).replaceAll("'", '&#39;')
  return {
    name: 'elevenlabs',
    embed:
      `<elevenlabs-convai agent-id="bench" override-config='${config}'></elevenlabs-convai>` +
      `<script src="${front.cdnOrigin}/elevenlabs/dist/index.js" async type="text/javascript"></script>`,
    launcher: [HOST, 'button'],
    field: [HOST, 'textarea'],
    streams: { reason: 'What it says comes from its makers’ own servers.' },
    recalls: { reason: 'It shows no earlier conversation.' },
  }
}
