/** The digest as it would be sent now to somebody who has subscribed to what is trending, and to nothing else. */

import { newestEditionDay } from '#feed/edition.ts';
import { hydrate } from '#feed/hydrate.ts';
import { today } from '#feed/today.ts';
import { addDays } from '#platform/day.ts';
import { usualList } from '#subscriptions/list.ts';
import { openCandidates } from './candidates.ts';
import { choose } from './choose.ts';
import type { ChosenPaper } from './contents.ts';
import { dailyEdition, editionOf, weeklyEdition } from './edition.ts';
import type { MailEdition } from './edition.ts';
import { openGists } from './gist/gists.ts';
import type { Gists } from './gist/gists.ts';
import { composeLetter, letterItems } from './letter/compose.ts';
import type { Asked } from './letter/compose.ts';
import type { Letter, Reader } from './letter/letter.ts';
import type { Press } from './press.ts';

export type Showing = Omit<Press, 'mail'>;

/** Undefined where there are no papers yet. `reader`: whose links its foot has; nobody's by default. */
export async function previewLetter(
  press: Showing,
  {
    frequency = 'daily',
    label,
    reader,
  }: { frequency?: 'daily' | 'weekly'; label?: string | undefined; reader?: Reader } = {},
  gists: Gists = openGists(press),
): Promise<Letter | undefined> {
  const { config, url, db } = press;
  const asked: Asked = { ...usualList(config.DIGEST_HOUR), timeZone: config.TIME_ZONE, frequency };
  const edition = label === undefined ? await newest(press, asked) : editionOf(label, asked);
  if (edition === undefined) return undefined;
  const picks = await pick(press, asked, edition);
  const cards = await hydrate(
    db,
    picks.map(({ id }) => id),
  );
  const known = new Map(cards.map((card) => [card.paper.id, card]));
  const items = letterItems(picks, known, await gists.find(cards.map(({ paper }) => paper)), { edition, url });
  return composeLetter({ site: { config, url }, asked, edition, items, reader });
}

async function newest(press: Showing, asked: Asked): Promise<MailEdition | undefined> {
  const day = await newestEditionDay(press.db, today(press));
  if (day === undefined) return undefined;
  if (asked.frequency === 'daily') return dailyEdition(day);
  const week = weeklyEdition(asked, press.clock.now());
  // A site that was not kept up to date shows the last week that it has.
  return week.range.first <= day ? week : { ...week, range: { first: addDays(day, -6), last: day } };
}

async function pick(press: Showing, { topics, kind, most }: Asked & { most?: number }, edition: MailEdition) {
  const lists = openCandidates(press);
  const candidates = [];
  for (const topic of topics) candidates.push({ topic, papers: await lists.list(topic, edition, kind === 'alert') });
  const chosen: ChosenPaper[] = choose(candidates, {
    edition,
    isAlert: kind === 'alert',
    most: most ?? usualList(0).most,
    sent: new Set(),
    lastMailAt: undefined,
  });
  return chosen;
}
