/** A mail before it is HTML or text: what it says, to whom, and where its links lead. */

import type { Gist } from '../gist/gists.ts';

export interface Letter {
  site: { name: string; tagline: string; url: string };
  /** Of the mail: `RegMean++ and 9 more — Tuesday, Jan 6`. */
  subject: string;
  /** What mailboxes show after the subject. */
  preview: string;
  /** `Tuesday, January 6, 2026`; of a week `Jan 5 – 11, 2026`. */
  date: string;
  /** What it is: `What is trending`, `New matches of “mixture of experts”`. */
  heading: string;
  items: LetterItem[];
  /** Where there is more of it. */
  more: { url: string; words: string };
  foot: Foot;
}

export interface LetterItem {
  /** Plain text, TeX as Unicode. */
  title: string;
  url: string;
  /** Organization or authors. */
  byline: string;
  gist: Gist | undefined;
  /** Why it is in this mail. */
  why: string;
  votes: number;
  comments: number;
}

export interface Foot {
  /** What was subscribed to: `What is trending and 2 more`. */
  what: string;
  /** `every day at 8:00 (Europe/Berlin)` */
  when: string;
  /** Whose mail it is; undefined in previews and samples, which are nobody's and have nothing to end. */
  reader: Reader | undefined;
}

export interface Reader {
  email: string;
  unsubscribeUrl: string;
  /** Ends everything, where there may be more than this list. */
  allUrl: string;
  manageUrl: string;
}
