/**
 * News as Slack's incoming webhooks take them, and Mattermost's and Rocket.Chat's, which read `text` alone. Foreign text
 * says what it says and does nothing: no `<!channel>`, no `@all`, no links or emphasis of its own.
 */

import { paperPath } from '#feed/addresses.ts';
import type { News, Publisher } from '../news.ts';
import { cut, paperLine, SHOWN } from './paper-line.ts';

/**
 * A section of Slack's has at most 3 000 characters. A sign becomes up to five when it is escaped, so these keep to it
 * whatever a title is made of; and a chat message is read at a glance.
 */
const TITLE = 250;
const BYLINE = 130;
const WHY = 180;
const HEADING = 250;
const NAME = 60;
/** A long search makes a long address; without a link the heading still says what it is about. */
const URL_LENGTH = 1_000;

/** What Slack's markup and Markdown would take for emphasis, and what looks the same. */
const LOOKALIKES: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function writeSlack(news: News, { siteName, siteUrl }: Publisher): string {
  const shown = news.cards.slice(0, SHOWN);
  const more = news.total - shown.length;
  const parts = [
    `*${link(news.url, escape(news.heading, HEADING))}* · ${escape(siteName, NAME)}`,
    ...shown.map((card) => {
      const { title, byline, counts } = paperLine(card);
      return [
        `*${link(siteUrl + paperPath(card.paper.id), escape(title, TITLE))}*`,
        escape(byline, BYLINE),
        escape([...news.why(card), counts].filter(Boolean).join(' · '), WHY),
      ]
        .filter(Boolean)
        .join('\n');
    }),
    ...(more > 0 ? [link(news.url, `and ${more.toLocaleString('en-US')} more`)] : []),
  ];
  return JSON.stringify({
    text: parts.join('\n\n'),
    // `verbatim`: nothing in it is made a link or a mention by Slack.
    blocks: parts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })),
    unfurl_links: false,
    unfurl_media: false,
  });
}

/** `text` is escaped already; addresses of ours have no signs in them that would end it. */
function link(url: string, text: string): string {
  return url.length > URL_LENGTH ? text : `<${url}|${text}>`;
}

/** At most `limit` characters of plain text, as text that Slack shows as it is. */
function escape(text: string, limit: number): string {
  return cut(text, limit)
    .replaceAll(/[*_~`]/g, (sign) => LOOKALIKES[sign] ?? sign)
    .replaceAll(/[&<>]/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll('|', '∣') // ends the address in Mattermost's reading of a link
    .replaceAll('@', '@\u2060'); // the servers that are like Slack mention by name: a joiner that nobody sees
}
