/** `<more-papers>`: appends the next page's cards before the reader reaches the end of this one. */

import { makeStatus } from './dom.ts';

/** Some four cards ahead of the reader. */
const AHEAD = '1200px 0px';
/** After so many pages the link must be pressed, so that the foot of the page can be reached. */
const PAGES_BY_ITSELF = 4;

export class MorePapers extends HTMLElement {
  #status = makeStatus();
  #loaded = 0;
  #isLoading = false;
  #observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting) && this.#loaded < PAGES_BY_ITSELF) void this.#load(false);
    },
    { rootMargin: AHEAD },
  );

  connectedCallback(): void {
    const link = this.#link;
    if (!link) return;
    this.append(this.#status);
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void this.#load(true);
    });
    this.#watch(link);
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
  }

  get #link(): HTMLAnchorElement | null {
    return this.querySelector('a[rel=next]');
  }

  /** Observing anew reports at once where the link stands: a short page goes on by itself. */
  #watch(link: Element): void {
    this.#observer.disconnect();
    this.#observer.observe(link);
  }

  async #load(isAsked: boolean): Promise<void> {
    const link = this.#link;
    if (!link || this.#isLoading) return;
    this.#isLoading = true;
    this.#status.textContent = 'Loading more papers.';
    try {
      this.#append(await fetchPage(link.href), link, isAsked);
    } catch {
      // From now on the link is what it would be without this script.
      this.#status.textContent = 'More papers could not be loaded here. The link leads to them.';
      this.#observer.disconnect();
      link.replaceWith(link.cloneNode(true));
      if (isAsked) location.assign(link.href);
    }
    this.#isLoading = false;
  }

  #append(page: Document, link: HTMLAnchorElement, isAsked: boolean): void {
    const list = this.querySelector('.cards');
    const found = page.querySelectorAll('more-papers .cards > *');
    if (!list || found.length === 0) throw new Error('no cards');
    // A paper may have moved on to the next page while this one was read.
    const added = [...found].filter((item) => !document.getElementById(item.querySelector('[id]')?.id ?? ''));
    const hadFocus = isAsked || document.activeElement === link;
    list.append(...added);
    this.#loaded += 1;
    this.#status.textContent = `${added.length} more papers.`;
    const next = page.querySelector<HTMLAnchorElement>('more-papers a[rel=next]');
    if (next) link.href = next.getAttribute('href') ?? '';
    else link.parentElement?.remove();
    if (hadFocus) added[0]?.querySelector<HTMLElement>('h2 a')?.focus({ preventScroll: !isAsked });
    if (next) this.#watch(link);
    else this.#observer.disconnect();
  }
}

async function fetchPage(address: string): Promise<Document> {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}
