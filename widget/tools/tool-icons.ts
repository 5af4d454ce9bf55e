/** The signs of the tools, in the hand of the element's own. */
import { icon } from '../element/icons.ts'

export const toolIcons = {
  copy: icon(
    'M8 6.5h7.5A1.5 1.5 0 0 1 17 8v7.5a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5V8A1.5 1.5 0 0 1 8 6.5zM13.5 3H4.5A1.5 1.5 0 0 0 3 4.5v9',
  ),
  done: icon('m4 10.5 4 4 8-9'),
  up: icon(
    'M6.5 9v7.5M3 9h3.5L10 3c1.3 0 2.1 1 1.8 2.3L11.2 8h4.1a1.5 1.5 0 0 1 1.5 1.9l-1.4 5.5a1.5 1.5 0 0 1-1.4 1.1H3z',
  ),
  down: icon(
    'M6.5 11V3.5M3 11h3.5l3.5 6c1.3 0 2.1-1 1.8-2.3L11.2 12h4.1a1.5 1.5 0 0 0 1.5-1.9l-1.4-5.5A1.5 1.5 0 0 0 14 3.5H3z',
  ),
  edit: icon('M4 16v-3L13 4l3 3-9 9zM11 6l3 3'),
  bin: icon('M4 6h12M8 6V4h4v2M5.5 6l.6 10h7.8l.6-10M8.5 9v4m3-4v4'),
  back: icon('m12 5-5 5 5 5'),
  add: icon('M10 4v12M4 10h12'),
  keep: icon('M10 3.5V12m-4-3.5 4 4 4-4M4 16.5h12'),
}
