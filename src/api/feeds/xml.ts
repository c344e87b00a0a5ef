/** The XML of a feed as every parser reads it, with a note to people who open it in a browser. */

import { escapeHtml } from '#papers/tex/clean.ts';
import type { Feed } from './feed.ts';

/** What XML 1.0 §2.2 does not allow, even escaped, in text without lone surrogates: a short class is a fast one. */
const NOT_XML = new RegExp(String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]`, 'g');
const CDATA = /\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*/g;
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * `xml` is feedsmith's, which sets white space around CDATA: parsers would take it for part of titles and addresses.
 * The note stands behind the tag `opening`.
 */
export function finishXml(xml: string, opening: RegExp, feed: Feed): string {
  return xml
    .replace(CDATA, (_, text: string) => text.replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign))
    .replace(opening, (tag) => `${tag}\n  ${noteOf(feed)}`)
    .toWellFormed()
    .replace(NOT_XML, '');
}

/**
 * In XHTML, which feeds may carry and readers pass over: only there can a browser without XSLT, which all of them are
 * giving up, find a link. The style sheet does the rest.
 */
function noteOf({ title, selfUrl, firstUrl, pageUrl, formats }: Feed): string {
  const links = [
    `<h:a href="${escapeHtml(pageUrl)}">Read it as a page</h:a>`,
    ...formats.map(({ name, url }) => `<h:a href="${escapeHtml(url)}">${name}</h:a>`),
  ];
  return [
    '<h:div xmlns:h="http://www.w3.org/1999/xhtml" class="note" xml:lang="en">',
    `<h:title>${escapeHtml(title)}</h:title>`,
    '<h:meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<h:p class="kicker">Feed</h:p>',
    `<h:h1>${escapeHtml(title)}</h:h1>`,
    '<h:p>This address is for feed readers. Give it to yours, and what is new in this list comes to you:</h:p>',
    `<h:p class="address"><h:code>${escapeHtml(firstUrl ?? selfUrl)}</h:code></h:p>`,
    `<h:p class="links">${links.join(' ')}</h:p>`,
    '</h:div>',
  ].join('');
}
