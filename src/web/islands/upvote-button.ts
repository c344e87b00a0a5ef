/** `<upvote-button>`: votes in place. Where that cannot be done, the form is sent as it would be without this script. */

import { makeStatus } from './dom.ts';

interface Vote {
  upvotes: number;
  upvoted: boolean;
}

export class UpvoteButton extends HTMLElement {
  #status = makeStatus();
  #isSending = false;
  #told = 0;

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
      void this.#tellWhoVoted(vote);
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

  /** On a paper's own page, where a sentence beside the button names who voted: what the page says now. */
  async #tellWhoVoted({ upvotes }: Vote): Promise<void> {
    const sentence = this.parentElement?.querySelector(':scope > .voters');
    if (!sentence) return;
    const turn = (this.#told += 1);
    const said = await findSentence().catch(() => undefined);
    if (turn !== this.#told) return;
    if (said) sentence.replaceWith(said);
    else sentence.textContent = upvotes === 1 ? 'It has one vote.' : `It has ${upvotes.toLocaleString('en-US')} votes.`;
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

async function findSentence(): Promise<Element | undefined> {
  const response = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('.standing > .voters') ?? undefined;
}
