/** A list that has an address of its own, opened: what a page and its feeds show alike. */

import type { Card } from './card.ts';

export interface NamedList {
  /** Path of its one address. */
  path: string;
  /** Plain text, without the site's name. */
  title: string;
  /** What is in it and in which order: a sentence or two. Plain text. */
  about: string;
  cards: readonly Card[];
  /** Encoded cursor of the next page; undefined on the last. */
  next: string | undefined;
}

/** The list was asked for by another spelling than that of its one address, and was not read. */
export interface Moved {
  movedTo: string;
  /** Whether that address will always be the one. */
  forGood: boolean;
}
