/**
 * Registrable names below which whoever asks is given one, though the public suffix list does not say so: blogs, shops, sites
 * and files of strangers. No list of them is whole: this one holds the large ones.
 */
export const OPEN_HOSTING: ReadonlySet<string> = new Set(
  `
  bandcamp.com beehiiv.com bigcartel.com blogger.com deviantart.com dreamwidth.org fc2.com ghost.io github.dev
  glitch.me googleusercontent.com gumroad.com hashnode.dev itch.io jimdofree.com jimdosite.com kinsta.cloud
  kinsta.page libsyn.com livejournal.com medium.com mystrikingly.com neocities.org newgrounds.com podbean.com
  sharepoint.com squarespace.com strikingly.com substack.com super.site tumblr.com typepad.com ucoz.com
  weebly.com wikidot.com wordpress.com wpcomstaging.com wpengine.com zendesk.com
  `
    .trim()
    .split(/\s+/),
)
