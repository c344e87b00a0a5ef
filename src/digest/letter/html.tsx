/** A mail as HTML that mail programs of the last twenty years show: tables, styles on each element, nothing to load. */

import type { HtmlEscapedString } from 'hono/utils/html';
import { raw } from '#platform/jsx/html.ts';
import type { Foot, Letter, LetterItem } from './letter.ts';
import { votesInWords } from './text.ts';
import { style, styleSheet } from './style.ts';
import { reasonOf } from './words.ts';

/** Without these, mail programs fill the line after the subject with the beginning of the page. */
const FILLER = '\u200C\u00A0'.repeat(80);

/** For the papers, as UTF-8: with head and foot it stays under 90 KB. Gmail hides what comes after 102, and so the foot. */
const ITEM_BYTES = 82_000;

/** `drawn`: items as `drawItem` made them, so that many mails can share them. */
export function letterHtml(letter: Letter, drawn: readonly string[] = letter.items.map(drawItem)): string {
  const { site, subject, preview, more, foot } = letter;
  const shown = drawn.slice(0, countFitting(drawn));
  const left = drawn.length - shown.length;
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{raw(styleSheet)}</style>
      </head>
      <body class="paper ink" style={style.body}>
        <div style={style.preview} aria-hidden="true">
          {preview}
          {FILLER}
        </div>
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border={0}
          class="paper"
          style={style.outer}
        >
          <tr>
            <td align="center">
              <table role="presentation" width="600" cellpadding="0" cellspacing="0" border={0} style={style.column}>
                <Head letter={letter} />
                {'\n'}
                {shown.map((item) => raw(item))}
                {drawn.length === 0 && (
                  <tr>
                    <td class="pad ink rule" style={style.empty}>
                      Nothing new for you this time.
                    </td>
                  </tr>
                )}
                <tr>
                  <td class="pad rule" style={style.more}>
                    <a href={more.url} class="accent" style={style.accentLink}>
                      {left > 0 ? `And ${left} more on ${site.name}` : more.words}
                    </a>
                  </td>
                </tr>
                {'\n'}
                <FootRow site={site} foot={foot} />
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
  return `<!doctype html>\n${markup(page)}\n`;
}

/** Scripts of three bytes a letter fill a mail sooner. The plain part has all papers in any case. */
function countFitting(drawn: readonly string[]): number {
  let bytes = 0;
  const end = drawn.findIndex((item) => (bytes += Buffer.byteLength(item)) > ITEM_BYTES);
  return end === -1 ? drawn.length : end;
}

/** Nothing in a mail is asynchronous, so what JSX gives is text. */
function markup(node: unknown): string {
  return String(node as HtmlEscapedString);
}

function Head({ letter: { site, heading, date } }: { letter: Letter }) {
  return (
    <>
      <tr>
        <td class="pad head" style={style.head}>
          <h1 style={style.name}>
            <a href={site.url} class="ink" style={style.nameLink}>
              {site.name}
            </a>
          </h1>
          {site.tagline !== '' && (
            <p class="muted" style={style.tagline}>
              {site.tagline}
            </p>
          )}
        </td>
      </tr>
      <tr>
        <td class="pad muted rule" style={style.dateRow}>
          {date} · {heading}
        </td>
      </tr>
    </>
  );
}

/** One paper, as a row of the table and lines of its own: what many mails have is encoded for them once. */
export function drawItem({ title, url, byline, gist, why, votes, comments }: LetterItem): string {
  const row = (
    <tr>
      <td class="pad rule" style={style.item}>
        <h2 style={style.title} dir="auto">
          <a href={url} class="ink" style={style.titleLink}>
            {title}
          </a>
        </h2>
        {byline !== '' && (
          <p class="muted" style={style.byline}>
            {byline}
          </p>
        )}
        {gist !== undefined && gist.text !== '' && (
          <p class="ink" style={style.gist} dir="auto">
            {gist.text}
            {gist.by !== undefined && (
              <>
                {' '}
                <span class="muted" style={style.by}>
                  Gist by {gist.by}, may be wrong
                </span>
              </>
            )}
          </p>
        )}
        <p class="muted" style={style.facts}>
          {votes > 0 && (
            <>
              <span class="accent" style={style.votes}>
                ▲ {votesInWords(votes)}
              </span>
              {' · '}
            </>
          )}
          {comments > 0 && `${comments} ${comments === 1 ? 'comment' : 'comments'} · `}
          {why}
        </p>
      </td>
    </tr>
  );
  return `${markup(row)}\n`;
}

function FootRow({ site, foot }: { site: Letter['site']; foot: Foot }) {
  const link = (href: string, words: string) => (
    <a href={href} class="muted" style={style.footLink}>
      {words}
    </a>
  );
  return (
    <tr>
      <td class="pad muted" style={style.foot}>
        <p style={style.footLine}>{reasonOf(foot)}</p>
        <p style={style.footLine}>
          {foot.reader === undefined ? (
            link(`${site.url}/subscribe`, 'Subscribe')
          ) : (
            <>
              {link(foot.reader.unsubscribeUrl, 'Unsubscribe')} ·{' '}
              {link(foot.reader.allUrl, 'Unsubscribe from everything')} ·{' '}
              {link(foot.reader.manageUrl, 'Change or pause')}
            </>
          )}
        </p>
        <p style={style.footLine}>
          {site.name}, {link(site.url, site.url.replace(/^https?:\/\//, ''))}. Gists without a name are sentences of the
          abstract. Not affiliated with arXiv.
        </p>
      </td>
    </tr>
  );
}
