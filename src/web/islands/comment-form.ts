/** `<comment-form>`: sends and previews in place, with Ctrl+Enter too, and keeps what is written until it was sent. */

import { make, makeStatus } from './dom.ts';
import { draftOf, keepDraft, keyOf, readDraft } from './drafts.ts';
import { isMovingOn, moveOn } from './leaving.ts';
import { fieldsOf, send, sendAsPage } from './send.ts';
import type { Answer } from './send.ts';

export class CommentForm extends HTMLElement {
  #status = makeStatus();
  #problem = make('p', { className: 'problem-note', hidden: true });
  #shown = make('div', { className: 'letter-body preview', hidden: true, dir: 'auto' });
  #isSending = false;
  /** Whether the text came back with its form, unsent. */
  #isReturned = false;
  /** Under which name the browser keeps the text; undefined where another one has it. */
  #key: string | undefined;
  #isKept = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    const text = this.querySelector('textarea');
    if (!form || !text || this.contains(this.#shown)) return;
    form.querySelector('.comment-buttons')?.before(this.#problem);
    this.append(this.#shown, this.#status);
    this.#problem.role = 'alert';
    this.#shown.role = 'group';
    this.#shown.ariaLabel = 'Preview';
    this.#bringBack(form, text);
    text.addEventListener('input', () => this.#keep(text));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const { submitter } = event;
      if (submitter instanceof HTMLButtonElement && submitter.name === 'preview') void this.#preview(form);
      else void this.#post(form);
    });
    text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    addEventListener('beforeunload', (event) => {
      if (this.isConnected && this.#isUnsent(text) && !(this.#isKept && isMovingOn(event))) event.preventDefault();
    });
  }

  /** An answer that comes back as a comment of its own does not take the place of another one that is being written. */
  #bringBack(form: HTMLFormElement, text: HTMLTextAreaElement): void {
    const about = draftOf(form);
    const key = keyOf(about);
    const draft = readDraft(key);
    // What it answered, or was made of: the text is here now.
    const before = this.dataset['returned'];
    this.#isReturned = before !== undefined;
    if (before) keepDraft(keyOf({ ...about, [about.was === '' ? 'replyTo' : 'was']: before }), undefined);
    const isTaken = this.#isReturned && draft !== undefined && draft !== text.value;
    this.#key = isTaken ? undefined : key;
    if (draft !== undefined && !this.#isReturned && text.value === text.defaultValue) {
      text.value = draft;
      this.closest('details')?.setAttribute('open', '');
      this.#problem.before(this.#offerToThrowAway(text));
    }
    this.#keep(text);
  }

  /** It may not be what somebody expects to find here: an edit looks like the comment itself. */
  #offerToThrowAway(text: HTMLTextAreaElement): HTMLElement {
    const button = make('button', { type: 'button', textContent: 'Throw it away' });
    const line = make('p', { className: 'quiet not-sent' }, 'Not sent yet. ', button);
    button.addEventListener('click', () => {
      text.value = text.defaultValue;
      this.#keep(text);
      line.remove();
      text.focus();
    });
    return line;
  }

  #isUnsent(text: HTMLTextAreaElement): boolean {
    return this.#isReturned || text.value !== text.defaultValue;
  }

  #keep(text: HTMLTextAreaElement): void {
    this.#isKept = keepDraft(this.#key, this.#isUnsent(text) ? text.value : undefined);
  }

  /** A second press while the first is under way is part of a double click. */
  async #post(form: HTMLFormElement): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    this.#say(undefined);
    const fields = fieldsOf(form);
    const answer = await send(form, fields);
    this.#isSending = false;
    // The page that the form leads to turns it into one that can be taken: see pages/comments.tsx.
    if (answer.status === 409) return sendAsPage(form, fields);
    if (!answer.ok) return this.#say(answer);
    keepDraft(this.#key, undefined);
    form.reset(); // for who comes back to this page by the browser's history
    this.#isReturned = false;
    moveOn();
    location.assign(answer.headers.get('location') ?? form.action.replace(/\/edit$/, ''));
  }

  async #preview(form: HTMLFormElement): Promise<void> {
    this.#say(undefined);
    const fields = fieldsOf(form);
    fields.set('preview', '1');
    const answer = await send(form, fields);
    const { html } = answer.body;
    if (typeof html !== 'string') return this.#say(answer);
    // Made and sanitised by the site, like every comment on the page.
    this.#shown.innerHTML = html;
    this.#shown.hidden = false;
    // At the end of a page it stands below the fold.
    this.#shown.scrollIntoView({ block: 'nearest' });
    this.#status.textContent = 'The preview is below the text.';
  }

  /** What is wrong, above the buttons; the text stays where it is. */
  #say(answer: Answer | undefined): void {
    this.#problem.hidden = answer === undefined;
    this.#problem.textContent = answer?.status === 401 ? 'You are not signed in any more. ' : (answer?.said ?? '');
    if (answer?.status !== 401) return;
    const link = make('a', { href: '/sign-in', target: '_blank', rel: 'noopener' }, 'Sign in in another window');
    this.#problem.append(link, ', then send it again.');
  }
}
