/** News as Discord's webhooks take them. Foreign text says what it says: nobody is mentioned, nothing is marked up. */

import { paperPath } from '#feed/addresses.ts';
import type { News, Publisher } from '../news.ts';
import { cut, paperLine, SHOWN } from './paper-line.ts';

/** Of Discord's. Ten embeds with at most 6 000 characters together, titles with 256: ours keep to 550 each. */
const CONTENT = 2_000;
const TITLE = 200;
const BYLINE = 130;
const WHY = 150;
const FOOTER = 60;
const HEADING = 500;
const NAME = 120;
/** A long search makes a long address. */
const URL_LENGTH = 1_000;

export function writeDiscord(news: News, { siteName, siteUrl }: Publisher): string {
  const shown = news.cards.slice(0, SHOWN);
  const more = news.total - shown.length;
  const heading = `**${escape(news.heading, HEADING)}** · ${escape(siteName, NAME)}`;
  // In angle brackets, so that Discord shows no preview of the page.
  const address = news.url.length > URL_LENGTH ? '' : `\n<${news.url}>`;
  return JSON.stringify({
    content: cut(heading + address + (more > 0 ? `\nand ${more.toLocaleString('en-US')} more` : ''), CONTENT),
    // Whatever stands in the text: no @everyone, no @here, no role, no person.
    allowed_mentions: { parse: [] },
    embeds: shown.map((card) => {
      const { title, byline, counts } = paperLine(card);
      const lines = [escape(byline, BYLINE), escape(news.why(card).join(' '), WHY)].filter(Boolean);
      return {
        title: escape(title, TITLE),
        url: siteUrl + paperPath(card.paper.id),
        ...(lines.length === 0 ? {} : { description: lines.join('\n') }),
        ...(counts === '' ? {} : { footer: { text: cut(counts, FOOTER) } }),
      };
    }),
  });
}

/** At most `limit` characters; each that Discord's Markdown could take for its own has a backslash before it. */
function escape(text: string, limit: number): string {
  for (let kept = limit; ;) {
    const quoted = cut(text, kept).replaceAll(/[\\*_~`|<>#[\]@]/g, String.raw`\$&`);
    if (quoted.length <= limit) return quoted;
    kept -= Math.ceil((quoted.length - limit) / 2);
  }
}
