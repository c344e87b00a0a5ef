/** `<left-drafts>`: shows what is being written about this paper and has no form on this page, to be copied or thrown away. */

import { make } from './dom.ts';
import { draftOf, keepDraft, keyOf, listDrafts, readDraft } from './drafts.ts';
import type { Draft } from './drafts.ts';

export class LeftDrafts extends HTMLElement {
  connectedCallback(): void {
    const { by, below } = this.dataset;
    if (by === undefined || below === undefined || this.childElementCount > 0) return;
    const forms = document.querySelectorAll<HTMLFormElement>('comment-form form');
    const here = new Set([...forms].map((form) => keyOf(draftOf(form))));
    for (const draft of listDrafts(by, below)) if (!here.has(keyOf(draft)) && !isOneLinkAway(draft)) this.#show(draft);
  }

  #show(draft: Draft): void {
    const key = keyOf(draft);
    const text = make('textarea', { value: readDraft(key) ?? '', readOnly: true, rows: 4, dir: 'auto' });
    const what = draft.replyTo === '' ? 'What you were writing' : 'Your answer';
    const button = make('button', { type: 'button', textContent: 'Throw it away' });
    const label = make('label', {}, make('span', { textContent: `${what} is not sent yet` }), text);
    const box = make('div', { className: 'form left-draft' }, label, make('p', {}, button));
    button.addEventListener('click', () => {
      keepDraft(key, undefined);
      box.remove();
    });
    this.append(box);
  }
}

/** An edit has a page of its own. */
function isOneLinkAway({ path }: Draft): boolean {
  return path !== location.pathname && document.querySelector(`a[href="${path}"]`) !== null;
}
