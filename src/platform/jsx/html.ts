/** HTML that is safe to be printed as it is, and how all other text becomes safe. */

import type { HtmlEscapedString } from 'hono/utils/html';

/** What elements are while a page is made. Text is a plain string, and escaped where it is printed. */
export class Html {
  readonly html: string;
  readonly isEscaped = true;

  constructor(html: string) {
    this.html = html;
  }

  /** How `c.html()` prints it. */
  toString(): string {
    return this.html;
  }
}

/** HTML that somebody else has made safe. Typed as Hono's escaped strings, which `c.html()` takes. */
export function raw(html: string): HtmlEscapedString {
  return new Html(html) as unknown as HtmlEscapedString;
}

const UNSAFE = /[&<>'"]/;

/** For text between tags and in attributes, which are all quoted. */
export function escaped(text: string): string {
  const first = text.search(UNSAFE);
  if (first < 0) return text;
  let html = text.slice(0, first);
  let from = first;
  for (let at = first; at < text.length; at++) {
    const entity = entityOf(text.charCodeAt(at));
    if (entity === undefined) continue;
    html += text.slice(from, at) + entity;
    from = at + 1;
  }
  return html + text.slice(from);
}

function entityOf(code: number): string | undefined {
  switch (code) {
    case 34:
      return '&quot;';
    case 38:
      return '&amp;';
    case 39:
      return '&#39;';
    case 60:
      return '&lt;';
    case 62:
      return '&gt;';
    default:
      return undefined;
  }
}
