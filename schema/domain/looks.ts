/** The closed word lists of a theme. */
import type { Corner, Density, Launcher, Position, Scheme } from '../wire/embed.ts'

export const SCHEMES: readonly Scheme[] = ['light', 'dark', 'auto']
export const CORNERS: readonly Corner[] = ['sharp', 'soft', 'round']
export const DENSITIES: readonly Density[] = ['comfortable', 'compact']
export const POSITIONS: readonly Position[] = ['bottom-right', 'bottom', 'bottom-left', 'top-right', 'top', 'top-left']
export const LAUNCHERS: readonly Launcher[] = ['face', 'pill', 'icon']
