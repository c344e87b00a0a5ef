/** `<reaction-buttons>`: reacts to a comment in place, so that nothing else on the page is touched. */

import { Notice } from './notice.ts';
import { fieldsOf, send, sendAsPage } from './send.ts';

export class ReactionButtons extends HTMLElement {
  #notice = new Notice();
  #isSending = false;

  connectedCallback(): void {
    if (this.contains(this.#notice.element)) return;
    this.append(this.#notice.element);
    this.addEventListener('submit', (event) => {
      if (!(event.target instanceof HTMLFormElement)) return;
      event.preventDefault();
      void this.#react(event.target, event.submitter);
    });
  }

  async #react(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
    if (!(button instanceof HTMLButtonElement) || this.#isSending) return;
    this.#isSending = true;
    this.#notice.say('');
    const fields = fieldsOf(form, button);
    const answer = await send(form, fields);
    this.#isSending = false;
    if (answer.status === 401) return sendAsPage(form, fields);
    const { html } = answer.body;
    if (typeof html !== 'string') return this.#notice.complain(answer.said);
    this.#show(form, html, button.value);
    this.#notice.say(button.name === 'on' ? 'You reacted.' : 'Your reaction is taken back.');
  }

  /** `html` is made by the site, like the page. The focus stays on the button, or on what it went back into. */
  #show(form: HTMLFormElement, html: string, value: string): void {
    const made = document.createElement('template');
    made.innerHTML = html;
    const next = made.content.querySelector('form');
    if (!next) return;
    form.replaceWith(next);
    const again = next.querySelector<HTMLElement>(`button[value="${value}"]`);
    const place = again?.closest('details')?.querySelector('summary') ?? again;
    place?.focus({ preventScroll: true });
  }
}
