/** A mail as plain text, from the same items. */

import type { Foot, Letter, LetterItem } from './letter.ts';
import { reasonOf } from './words.ts';

/** RFC 3676 §4.2 advises 66, and no more than 78; links stay whole. */
const WIDTH = 72;

/** `written`: items as `itemText` made them. */
export function letterText(
  { site, heading, date, items, foot }: Letter,
  written: readonly string[] = items.map(itemText),
): string {
  const head = [
    site.name.toUpperCase(),
    `${date} · ${heading}`,
    '-'.repeat(Math.min(WIDTH, date.length + heading.length + 3)),
  ];
  const body = items.length === 0 ? ['Nothing new for you this time.'] : written;
  return `${[head.join('\n'), ...body, footText(site, foot)].join('\n\n')}\n`;
}

export function itemText({ title, url, byline, gist, why, votes, comments }: LetterItem, at: number): string {
  const number = `${at + 1}. `;
  const indent = ' '.repeat(number.length);
  const facts = [
    ...(votes > 0 ? [votesInWords(votes)] : []),
    ...(comments > 0 ? [`${comments} ${comments === 1 ? 'comment' : 'comments'}`] : []),
    why,
  ].join(' · ');
  const label = gist?.by === undefined ? '' : ` [gist by ${gist.by}, may be wrong]`;
  return [
    wrap(title, number),
    ...(byline === '' ? [] : [wrap(byline, indent)]),
    ...(gist === undefined || gist.text === '' ? [] : [wrap(gist.text + label, indent)]),
    wrap(facts, indent),
    `${indent}${url}`,
  ].join('\n');
}

function footText(site: Letter['site'], foot: Foot): string {
  const { reader } = foot;
  const links =
    reader === undefined
      ? [`Subscribe: ${site.url}/subscribe`]
      : [
          `Unsubscribe: ${reader.unsubscribeUrl}`,
          `Unsubscribe from everything: ${reader.allUrl}`,
          `Change or pause: ${reader.manageUrl}`,
        ];
  return [
    // RFC 3676 §4.3: what follows is no part of the message proper.
    '-- ',
    wrap(reasonOf(foot), ''),
    '',
    ...links,
    '',
    `${site.name}: ${site.url}`,
    wrap('Gists without a name are sentences of the abstract. Not affiliated with arXiv.', ''),
  ].join('\n');
}

export function votesInWords(votes: number): string {
  return votes === 1 ? '1 vote' : `${votes.toLocaleString('en-US')} votes`;
}

/** `first` begins the first line; the others are as far in. A word that is too long has a line of its own. */
function wrap(text: string, first: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && first.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, at) => (at === 0 ? first : ' '.repeat(first.length)) + one).join('\n');
}
