/** Something that happened and a hook may be told of: the same facts whatever the shape in which they are sent. Pure. */

import type { Card } from '#feed/card.ts';
import type { DeliveryKind } from './hook.ts';

export interface News {
  kind: DeliveryKind;
  /** What makes it the same news: see `eventId`. */
  key: string;
  /** Epoch ms. */
  at: number;
  /** One line of plain text: `3 new papers match “mixture of experts”`. */
  heading: string;
  /** Where all of it is to be read on the site. */
  url: string;
  /** All papers that it is about; `cards` are the first of them. */
  total: number;
  cards: readonly Card[];
  /** Why each is here: plain sentences. */
  why: (card: Card) => string[];
}

/** Where and under which name the news are published. */
export interface Publisher {
  siteName: string;
  /** Without a slash at the end. */
  siteUrl: string;
}

/** `1 paper`, `12 papers` */
export function papers(count: number): string {
  return count === 1 ? '1 paper' : `${count.toLocaleString('en-US')} papers`;
}
