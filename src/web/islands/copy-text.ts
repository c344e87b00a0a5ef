/** `<copy-text>`: puts a Copy button before the links that follow its `<pre>`. */

import { make, makeStatus } from './dom.ts';

/** Long enough to be read, short enough not to be taken for a lasting state. */
const SHOWN_MS = 2_000;

export class CopyText extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    const source = this.querySelector('pre');
    const place = this.querySelector('p');
    if (!source || !place || this.querySelector('button')) return;
    const status = makeStatus();
    const button = make('button', { type: 'button', textContent: 'Copy' });
    button.addEventListener('click', () => void this.#copy(source, button, status));
    place.prepend(button, status);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  async #copy(source: HTMLElement, button: HTMLElement, status: HTMLElement): Promise<void> {
    const isCopied = await copy(source);
    button.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
    status.textContent = isCopied ? 'The BibTeX entry is copied.' : 'The entry is selected. Copy it with the keyboard.';
    button.classList.add('copied');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      button.textContent = 'Copy';
      status.textContent = '';
      button.classList.remove('copied');
    }, SHOWN_MS);
  }
}

/** Browsers give the clipboard to https and localhost only; elsewhere (a server in the lab) the text gets selected. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return document.execCommand('copy');
  }
}
