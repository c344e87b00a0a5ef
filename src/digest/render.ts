/** Turns mails of the outbox into messages: papers, gists and recipients are read once for all of them. */

import { hydrate } from '#feed/hydrate.ts';
import type { Message } from '#platform/mail/mail.ts';
import { readContents } from './contents.ts';
import { editionOf } from './edition.ts';
import type { MailEdition } from './edition.ts';
import type { Gists } from './gist/gists.ts';
import { composeLetter, letterItems } from './letter/compose.ts';
import { drawItem, letterHtml } from './letter/html.tsx';
import type { LetterItem } from './letter/letter.ts';
import { itemText, letterText } from './letter/text.ts';
import { headersOf, linksOf } from './message.ts';
import type { MailSite } from './message.ts';
import { messageIdOf } from './mail-id.ts';
import type { Press } from './press.ts';
import { findRecipients } from './recipients.ts';
import type { Recipient } from './recipients.ts';
import type { DigestMail } from './store.ts';

/** What is to become of a mail: a message to an address, or why there is none. */
export type Rendered =
  | { email: string; message: (now: number) => Message }
  | { skipped: string }
  | { unreadable: Error };

type Rendering = Pick<Press, 'db'> & { site: MailSite; gists: Gists };

/** By the id of the mail. Messages are made when they are asked for, so that no more of them are in memory than are sent. */
export async function renderMails(
  { db, site, gists }: Rendering,
  mails: readonly DigestMail[],
  now: number,
): Promise<Map<string, Rendered>> {
  const recipients = await findRecipients(
    db,
    mails.map((mail) => mail.subscription_id),
    now,
  );
  const contents = new Map(mails.map((mail) => [mail.id, attempt(() => readContents(mail.papers))]));
  const read = [...contents.values()].flatMap((papers) => (papers instanceof Error ? [] : papers));
  const ids = [...new Set(read.map(({ id }) => id))];
  const cards = await hydrate(db, ids);
  const known = new Map(cards.map((card) => [card.paper.id, card]));
  const found = await gists.find(cards.map(({ paper }) => paper));
  const draw = drawOnce();
  return new Map(
    mails.map((mail): [string, Rendered] => {
      const recipient = recipients.get(mail.subscription_id);
      if (recipient === undefined) return [mail.id, { skipped: 'no longer wanted' }];
      if (recipient instanceof Error) return [mail.id, { unreadable: recipient }];
      const edition = attempt(() => editionOf(mail.edition, recipient));
      const papers = contents.get(mail.id) ?? [];
      if (edition instanceof Error) return [mail.id, { unreadable: edition }];
      if (papers instanceof Error) return [mail.id, { unreadable: papers }];
      const items = letterItems(papers, known, found, { edition, url: site.url });
      if (items.length === 0 && !recipient.evenIfEmpty) return [mail.id, { skipped: 'its papers are gone' }];
      const message = (at: number) => messageOf(site, { mail, recipient, edition, items, draw }, at);
      return [mail.id, { email: recipient.email, message }];
    }),
  );
}

/** One row that cannot be read must not hold up those beside it. */
function attempt<Read>(read: () => Read): Read | Error {
  try {
    return read();
  } catch (error) {
    return error as Error;
  }
}

interface Sheet {
  mail: DigestMail;
  recipient: Recipient;
  edition: MailEdition;
  items: LetterItem[];
  draw: Drawing;
}

function messageOf(site: MailSite, { mail, recipient, edition, items, draw }: Sheet, at: number): Message {
  const reader = { email: recipient.email, ...linksOf(site, recipient) };
  const letter = composeLetter({ site, asked: recipient, edition, items, reader });
  return {
    to: recipient.email,
    subject: letter.subject,
    text: letterText(
      letter,
      items.map((item, at) => draw.text(item, at)),
    ),
    html: letterHtml(
      letter,
      items.map((item) => draw.html(item)),
    ),
    messageId: messageIdOf(mail.id, site.url),
    date: at,
    ...headersOf(site, { kind: recipient.kind, unsubscribeUrl: reader.unsubscribeUrl }, mail.id),
  };
}

interface Drawing {
  html(item: LetterItem): string;
  /** `at`: its place in the mail, from 0, which is printed. */
  text(item: LetterItem, at: number): string;
}

/** The same paper for the same reason looks the same in every mail. */
function drawOnce(): Drawing {
  const drawn = new Map<string, string>();
  const once = (key: string, draw: () => string): string => {
    const known = drawn.get(key) ?? draw();
    drawn.set(key, known);
    return known;
  };
  return {
    html: (item) => once(`${item.url}\n${item.why}`, () => drawItem(item)),
    text: (item, at) => once(`${at} ${item.url}\n${item.why}`, () => itemText(item, at)),
  };
}
