/** `<search-box>`: offers papers and authors while the reader types, as an ARIA 1.2 combobox. */

import { make, makeStatus } from './dom.ts';
import { fetchSuggestions, groupsOf, isOffer } from './suggestions.ts';

/** Shorter than the pause between two words, longer than that between two keys of who types fast. */
const PAUSE_MS = 120;
/** One letter begins too many words. */
const FEWEST_LETTERS = 2;

/** Boxes so far, for ids: an error page has two. */
let boxes = 0;

export class SearchBox extends HTMLElement {
  #input: HTMLInputElement | null = null;
  #list = make('div', { className: 'offers', hidden: true });
  #status = makeStatus();
  #timer = 0;
  #asking: AbortController | undefined;
  #current: HTMLAnchorElement | undefined;

  connectedCallback(): void {
    const input = this.querySelector('input');
    if (!input || this.#input) return;
    this.#input = input;
    this.#list.id = `offers-${(boxes += 1)}`;
    this.#list.role = 'listbox';
    this.#list.ariaLabel = 'Suggestions';
    Object.assign(input, { role: 'combobox', autocomplete: 'off', ariaAutoComplete: 'list', ariaExpanded: 'false' });
    input.setAttribute('aria-controls', this.#list.id);
    this.append(this.#list, this.#status);
    input.addEventListener('input', () => this.#changed());
    input.addEventListener('blur', () => this.#close());
    input.addEventListener('keydown', (event) => {
      if (!event.isComposing && !hasModifier(event) && this.#press(event.key)) event.preventDefault();
    });
    // The focus stays in the box, or leaving it would close the list before the click arrives.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', () => this.#close());
  }

  disconnectedCallback(): void {
    this.#close();
  }

  get #text(): string {
    return this.#input?.value.trim() ?? '';
  }

  get #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll('a')];
  }

  /** What was asked for the text before is of no use any more, but for those offers that hold for this one too. */
  #changed(): void {
    this.#stop();
    const text = this.#text;
    if (text.length < FEWEST_LETTERS) {
      this.#close();
      return;
    }
    this.#choose(undefined);
    for (const one of this.#options) if (!isOffer(one.textContent ?? '', text)) one.remove();
    for (const empty of this.#list.querySelectorAll('[role=group]:not(:has(a))')) empty.remove();
    if (this.#options.length === 0) this.#show(false);
    this.#timer = setTimeout(() => void this.#ask(text), PAUSE_MS);
  }

  async #ask(text: string): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const found = await fetchSuggestions(text, asking.signal);
      if (asking.signal.aborted) return;
      this.#choose(undefined);
      this.#list.replaceChildren(...groupsOf(found, this.#list.id));
      const count = this.#options.length;
      this.#show(count > 0);
      this.#status.textContent =
        count === 0 ? 'No suggestions.' : `${count} ${count === 1 ? 'suggestion' : 'suggestions'}.`;
    } catch {
      // Without an answer the box is what it is without this script; a newer question has its own.
      if (!asking.signal.aborted) this.#close();
    }
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  #show(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    if (this.#input) this.#input.ariaExpanded = String(isOpen);
  }

  #close(): void {
    this.#stop();
    this.#choose(undefined);
    this.#show(false);
    this.#list.replaceChildren();
    this.#status.textContent = '';
  }

  /** Whether the key was meant for the list; the others are the box's own. */
  #press(key: string): boolean {
    const options = this.#options;
    const isOpen = !this.#list.hidden;
    const at = this.#current ? options.indexOf(this.#current) : -1;
    if (!isOpen) {
      if (key !== 'ArrowDown' || this.#text.length < FEWEST_LETTERS) return false;
      this.#stop();
      void this.#ask(this.#text);
      return true;
    }
    if (key === 'Escape') this.#close();
    // Beyond either end stands the box itself.
    else if (key === 'ArrowDown') this.#choose(options[at + 1]);
    else if (key === 'ArrowUp') this.#choose(at < 0 ? options.at(-1) : options[at - 1]);
    else if (at < 0) return false;
    else if (key === 'Home') this.#choose(options[0]);
    else if (key === 'End') this.#choose(options.at(-1));
    else if (key === 'Enter') this.#current?.click();
    else return false;
    return true;
  }

  #choose(option: HTMLAnchorElement | undefined): void {
    if (this.#current) this.#current.ariaSelected = 'false';
    this.#current = option;
    if (option) {
      option.ariaSelected = 'true';
      option.scrollIntoView({ block: 'nearest' });
      this.#input?.setAttribute('aria-activedescendant', option.id);
    } else this.#input?.removeAttribute('aria-activedescendant');
  }
}

function hasModifier({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey || shiftKey;
}
