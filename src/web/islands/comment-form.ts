/** `<comment-form>`: shows the preview below the text, sends with Ctrl+Enter, and asks before a text is left behind. */

import { make, makeStatus } from './dom.ts';

export class CommentForm extends HTMLElement {
  #status = makeStatus();
  #shown = make('div', { className: 'letter-body preview', hidden: true, dir: 'auto' });
  #isSent = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    const text = this.querySelector('textarea');
    if (!form || !text || this.contains(this.#shown)) return;
    this.append(this.#shown, this.#status);
    this.#shown.role = 'group';
    this.#shown.ariaLabel = 'Preview';
    form.addEventListener('submit', (event) => {
      const isPreview = event.submitter instanceof HTMLButtonElement && event.submitter.name === 'preview';
      if (isPreview && text.value.trim() !== '') {
        event.preventDefault();
        void this.#preview(form, text, event.submitter);
      } else this.#isSent = true;
    });
    text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    addEventListener('beforeunload', (event) => {
      if (!this.#isSent && this.isConnected && text.value !== text.defaultValue) event.preventDefault();
    });
  }

  async #preview(form: HTMLFormElement, text: HTMLTextAreaElement, button: Element): Promise<void> {
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ body: text.value, preview: '1' }),
      });
      const answer = (await response.json()) as { html?: string; error?: string };
      if (answer.html === undefined) throw new Error(answer.error);
      // Made and sanitised by the site, like every comment on the page.
      this.#shown.innerHTML = answer.html;
      this.#shown.hidden = false;
      // At the end of a page it stands below the fold.
      this.#shown.scrollIntoView({ block: 'nearest' });
      this.#status.textContent = 'The preview is below the text.';
    } catch {
      // The page that the form leads to shows the preview, or what is wrong.
      this.#isSent = true;
      form.append(make('input', { type: 'hidden', name: 'preview', value: '1' }));
      button.setAttribute('disabled', '');
      form.submit();
    }
  }
}
