/** Characters that act on their surroundings instead of being read, as parts of a character class. */

/**
 * Control characters (PostgreSQL cannot hold U+0000) but for tab and line ends, zero-width space, annotation marks.
 * Joiners stay: Persian and emoji need them.
 */
export const CONTROLS = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\uFFF9-\uFFFB`;

/** Bidirectional embeddings, overrides and isolates: an unclosed one would turn the rest of a page around. */
export const OVERRIDES = String.raw`\u202A-\u202E\u2066-\u2069`;
