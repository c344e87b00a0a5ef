/** `<upvote-button>`: votes in place, and says there what went wrong. Who is signed out is led to sign in, as without this script. */

import { Notice } from './notice.ts';
import { fieldsOf, send, sendAsPage } from './send.ts';

interface Vote {
  upvotes: number;
  upvoted: boolean;
}

export class UpvoteButton extends HTMLElement {
  #notice = new Notice();
  #isSending = false;
  #asked = 0;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form || this.contains(this.#notice.element)) return;
    this.append(this.#notice.element);
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
    this.#notice.say('');
    const fields = fieldsOf(form, button);
    const answer = await send(form, fields);
    this.#isSending = false;
    if (answer.status === 401) return sendAsPage(form, fields); // the vote is cast once they are signed in
    if (!answer.ok) return this.#notice.complain(answer.said);
    const vote = answer.body as unknown as Vote;
    this.#show(button, vote);
    void this.#tellWhoVoted(vote);
  }

  #show(button: HTMLButtonElement, { upvotes, upvoted }: Vote): void {
    const votes = `${upvotes.toLocaleString('en-US')} ${upvotes === 1 ? 'vote' : 'votes'}`;
    const count = button.querySelector('b');
    const noun = button.querySelector('b + .unseen');
    if (count) count.textContent = upvotes.toLocaleString('en-US');
    if (noun) noun.textContent = upvotes === 1 ? ' vote' : ' votes';
    button.value = upvoted ? '0' : '1';
    button.ariaPressed = String(upvoted);
    this.#notice.say(upvoted ? `You voted: ${votes}.` : `Your vote is taken back: ${votes}.`);
  }

  /** On a paper's own page, where a sentence beside the button names who voted: what the page says now. */
  async #tellWhoVoted({ upvotes }: Vote): Promise<void> {
    const sentence = this.parentElement?.querySelector(':scope > .voters');
    if (!sentence) return;
    const turn = (this.#asked += 1);
    const said = await findSentence().catch(() => undefined);
    if (turn !== this.#asked) return;
    if (said) sentence.replaceWith(said);
    else sentence.textContent = upvotes === 1 ? 'It has one vote.' : `It has ${upvotes.toLocaleString('en-US')} votes.`;
  }
}

async function findSentence(): Promise<Element | undefined> {
  const response = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } });
  if (!response.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('.standing > .voters') ?? undefined;
}
