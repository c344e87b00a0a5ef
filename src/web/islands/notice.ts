/** A place for what is said of a button: read out always, shown where something went wrong. */

import { makeStatus } from './dom.ts';

export class Notice {
  readonly element = makeStatus();
  #shown: AbortController | undefined;

  say(text: string): void {
    this.#shown?.abort();
    this.element.className = 'unseen';
    this.element.textContent = text;
  }

  /** Shown beside what was pressed until the next press, or Escape: nobody knows how long somebody takes to read it. */
  complain(text: string): void {
    this.say(text);
    this.element.className = 'told';
    this.#shown = new AbortController();
    const { signal } = this.#shown;
    document.addEventListener('click', () => this.say(''), { signal });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.say(''), { signal });
  }
}
