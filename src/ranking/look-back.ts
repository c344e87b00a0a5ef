/** How far rankings look back. */

/**
 * A vote's time is taken before its transaction begins, and one that waited for an import commits after later ones. What
 * was counted so long before something began, as its time says, may have been counted after it.
 */
export const LOOK_BACK_MS = 60_000;
