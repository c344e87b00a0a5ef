/** The newest papers of all, and the editions of a day, an ISO week or a month: opened by the name in their address. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Db } from '#schema.ts';
import { editionPath } from './addresses.ts';
import { listEdition } from './edition-list.ts';
import { editionName, readEdition } from './edition-names.ts';
import type { EditionKind } from './edition-names.ts';
import { hydrate } from './hydrate.ts';
import { listLatest } from './latest.ts';
import type { Moved, NamedList } from './named-list.ts';
import type { PageRequest } from './skeleton.ts';
import { today } from './today.ts';

export interface Printing {
  db: Db;
  clock: Clock;
  config: Config;
}

/** The front page and on, day after day. Three queries. */
export async function openLatest(printing: Printing, page: PageRequest): Promise<NamedList> {
  const { ids, next } = await listLatest(printing.db, today(printing), page);
  return {
    path: '/',
    title: 'Latest papers',
    about: 'The papers of every day, the newest edition first.',
    cards: await hydrate(printing.db, ids, page.viewerId),
    next,
  };
}

/** Three queries. `today` is a day too, and `2026-w02` a week. Throws AppError 'invalid' for a label that names none. */
export async function openEdition(
  printing: Printing,
  kind: EditionKind,
  label: string,
  page: PageRequest,
): Promise<NamedList | Moved> {
  const moved = movedEdition(printing, kind, label);
  if (moved) return moved;
  const edition = readEdition(kind, label);
  const { ids, next } = await listEdition(printing.db, edition.range, page);
  const name = editionName(edition);
  return {
    path: editionPath(kind, label),
    title: `Papers of ${name}`,
    about: `Papers of ${name}: most upvotes first, then what was submitted, then what arXiv announced, newest first.`,
    cards: await hydrate(printing.db, ids, page.viewerId),
    next,
  };
}

/** Where an edition is that has another label than the one asked for. */
export function movedEdition(printing: Omit<Printing, 'db'>, kind: EditionKind, label: string): Moved | undefined {
  if (kind === 'date' && label === 'today') return { movedTo: editionPath(kind, today(printing)), forGood: false };
  if (kind === 'week' && /w/.test(label)) return { movedTo: editionPath(kind, label.toUpperCase()), forGood: true };
  return undefined;
}
