/** A place for what is said of a button: read out always, shown where something went wrong. */

import { makeStatus } from './dom.ts';

/** Time to read two sentences. */
const SHOWN_MS = 8_000;

export class Told {
  readonly element = makeStatus();
  #timer = 0;

  say(text: string): void {
    this.#write(text, false);
  }

  /** Shown beside what was pressed, until it has been read or works again. */
  complain(text: string, retryAfter: string | null): void {
    this.#write(text, true);
    this.#timer = setTimeout(() => this.say(''), Math.max(SHOWN_MS, Number(retryAfter ?? 0) * 1000));
  }

  #write(text: string, isShown: boolean): void {
    clearTimeout(this.#timer);
    this.element.className = isShown ? 'told' : 'unseen';
    this.element.textContent = text;
  }
}
