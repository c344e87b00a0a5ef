/** `<reason-form>`: keeps a reason that is being written while one looks at what it is about, until it is sent. */

import { draftOf, keepDraft, keyOf, readDraft } from './drafts.ts';

export class ReasonForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    const text = this.querySelector('textarea');
    if (!form || !text) return;
    const key = keyOf({ ...draftOf(form), replyTo: this.dataset['about'] ?? '' });
    const draft = readDraft(key);
    // What came back unsent is the newer one.
    if (draft !== undefined && this.dataset['returned'] === undefined) text.value = draft;
    text.addEventListener('input', () => keepDraft(key, text.value === text.defaultValue ? undefined : text.value));
    // A page that refuses it gives it back itself.
    form.addEventListener('submit', () => keepDraft(key, undefined));
  }
}
