/** `<own-zone>`: fills in the browser's time zone, where the reader has not chosen another one. */

import { make } from './dom.ts';

export class OwnZone extends HTMLElement {
  connectedCallback(): void {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const field = this.querySelector<HTMLInputElement | HTMLSelectElement>('input, select');
    if (!field || !zone) return;
    if (field instanceof HTMLInputElement) field.value = zone;
    // What a reader chose before they went away and came back is kept by the browser.
    else if (field.selectedOptions[0]?.defaultSelected) choose(field, zone);
  }
}

function choose(select: HTMLSelectElement, zone: string): void {
  const isListed = [...select.options].some(({ value }) => value === zone);
  if (!isListed) select.prepend(make('option', { value: zone, textContent: zone }));
  select.value = zone;
}
