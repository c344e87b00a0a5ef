/** `<upvote-button>`: votes in place. Where that cannot be done, the form is sent as it would be without this script. */

import { makeStatus } from './dom.ts';

interface Vote {
  upvotes: number;
  upvoted: boolean;
}

export class UpvoteButton extends HTMLElement {
  #status = makeStatus();
  #isSending = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form || this.contains(this.#status)) return;
    this.append(this.#status);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#vote(form);
    });
  }

  /** A second click while the first is under way is part of a double click. */
  async #vote(form: HTMLFormElement): Promise<void> {
    const button = form.querySelector('button');
    if (!button || this.#isSending) return;
    this.#isSending = true;
    const { value } = button;
    try {
      const vote = await send(form.action, value);
      this.#show(button, vote);
    } catch {
      // Signed out, too often, no network: the page that the form leads to says so, or lets the reader sign in.
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'voted', value }));
      form.submit();
    }
    this.#isSending = false;
  }

  #show(button: HTMLButtonElement, { upvotes, upvoted }: Vote): void {
    const votes = `${upvotes.toLocaleString('en-US')} ${upvotes === 1 ? 'vote' : 'votes'}`;
    const count = button.querySelector('b');
    const noun = button.querySelector('b + .unseen');
    if (count) count.textContent = upvotes.toLocaleString('en-US');
    if (noun) noun.textContent = upvotes === 1 ? ' vote' : ' votes';
    button.value = upvoted ? '0' : '1';
    button.ariaPressed = String(upvoted);
    this.#status.textContent = upvoted ? `You voted: ${votes}.` : `Your vote is taken back: ${votes}.`;
  }
}

async function send(action: string, voted: string): Promise<Vote> {
  const response = await fetch(action, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ voted }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as Vote;
}
