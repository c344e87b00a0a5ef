/** Reading with the keyboard: `j` `k` from card to card, `o` opens, `/` searches, `?` explains. */

import { make } from './dom.ts';
import { shortcuts } from './shortcuts.ts';

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (act(event.key)) event.preventDefault();
  });
  document.querySelector('a[href="/about#keyboard"]')?.addEventListener('click', (event) => {
    event.preventDefault();
    explain();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** False for keys that are the browser's. */
function act(key: string): boolean {
  if (key === 'j') return move(1);
  if (key === 'k') return move(-1);
  if (key === 'o') return open();
  if (key === '/') return search();
  if (key === '?') return explain();
  return false;
}

function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.card')];
}

/** The card that has the focus, as long as the reader has not scrolled away from it. */
function current(all: readonly HTMLElement[]): number {
  const at = all.findIndex((card) => card.contains(document.activeElement));
  const box = all[at]?.getBoundingClientRect();
  return box && box.bottom > 0 && box.top < innerHeight ? at : -1;
}

function move(step: 1 | -1): boolean {
  const all = cards();
  const at = current(all);
  const onScreen = all.findIndex((card) => card.getBoundingClientRect().top >= -1);
  const next = all[at >= 0 ? at + step : step === 1 ? onScreen : onScreen - 1];
  if (!next) return all.length > 0;
  next.querySelector<HTMLElement>('h2 a')?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'start', behavior: 'instant' }); // a second key must find the first one's card in place
  return true;
}

/** Enter does the same by itself, because the title has the focus. */
function open(): boolean {
  const all = cards();
  const link = all[current(all)]?.querySelector<HTMLElement>('h2 a');
  link?.click();
  return link !== undefined;
}

function search(): boolean {
  const box = document.querySelector<HTMLInputElement>('input[type=search]');
  box?.focus();
  box?.select();
  return box !== null;
}

let dialog: HTMLDialogElement | undefined;

function explain(): boolean {
  dialog ??= makeDialog();
  dialog.showModal();
  return true;
}

/** Esc and the focus are the browser's work. */
function makeDialog(): HTMLDialogElement {
  const rows = shortcuts.map(({ keys, meaning }) =>
    make(
      'div',
      {},
      make('dt', {}, ...keys.flatMap((key) => [make('kbd', { textContent: key }), ' '])),
      make('dd', { textContent: meaning }),
    ),
  );
  const title = make('h2', { id: 'keys-title', textContent: 'Keyboard shortcuts' });
  const made = make('dialog', {}, title, make('dl', { className: 'keys' }, ...rows));
  made.setAttribute('aria-labelledby', title.id);
  const close = make('button', { type: 'button', textContent: 'Close' });
  close.addEventListener('click', () => made.close());
  made.addEventListener('click', (event) => {
    if (event.target === made && isOutside(made, event)) made.close(); // on the backdrop
  });
  made.append(close);
  document.body.append(made);
  return made;
}

function isOutside(element: HTMLElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
