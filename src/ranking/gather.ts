/** Gathers who did something with papers, for the formula. */

import type { Papers } from '#discussion/among.ts';
import { listSignals } from '#discussion/signals.ts';
import type { Fading, Signals, Somebody, Sum } from '#discussion/signals.ts';
import type { Appearance } from '#papers/appearances.ts';
import type { PaperId } from '#papers/paper.ts';
import { findCountedStars } from '#papers/star-store.ts';
import { epochToDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { FORMULA } from './formula.ts';
import type { Person } from './people.ts';
import { MS_PER_DAY } from './signals.ts';
import type { StarGain } from './signals.ts';
import { starGain } from './star-gain.ts';

/** What the formula looks at, of one paper. */
export interface Gathered {
  people: Person[];
  sum: Sum | undefined;
  stars: StarGain | undefined;
}

/** Older readings of stars have faded to nothing. */
const STAR_DAYS = 30;

const FADING: Fading = {
  halfLife: FORMULA.halfLife * MS_PER_DAY,
  establishedAfter: FORMULA.establishedAfter * MS_PER_DAY,
};

/** Of papers about which there is something to say; `among` names the same ones. `now`: epoch ms. */
export async function gather(
  db: Db,
  papers: readonly Appearance[],
  among: Papers,
  now: number,
): Promise<Map<PaperId, Gathered>> {
  const gathered = new Map<PaperId, Gathered>();
  const of = (id: PaperId): Gathered => {
    const one = gathered.get(id) ?? { people: [], sum: undefined, stars: undefined };
    gathered.set(id, one);
    return one;
  };
  for (const signals of await listSignals(db, among, FADING)) {
    const one = of(signals.paperId);
    for (const somebody of signals.others) one.people.push(toPerson(somebody));
    if (signals.sum) one.sum = isStale(signals.sum) ? await sumAnew(db, signals) : signals.sum;
  }
  const ids = papers.map(({ id }) => id);
  for (const [id, readings] of await findCountedStars(db, ids, epochToDay(now - STAR_DAYS * MS_PER_DAY)))
    of(id).stars = starGain(readings);
  return gathered;
}

/** Half-lives in which votes fade to so little that their sum would lose digits. */
const TOO_LONG = 500;

/**
 * Votes are added up as of a paper's last one. Where that does not count (it is the submitter's, for instance) and came
 * years after all others, those must not have faded away by then.
 */
function isStale({ at, newest }: Sum): boolean {
  return at - newest > TOO_LONG * FADING.halfLife;
}

async function sumAnew(db: Db, { paperId, sum }: Signals): Promise<Sum | undefined> {
  const again = await listSignals(db, { ids: [paperId] }, FADING, sum?.newest);
  return again.find((signals) => signals.sum)?.sum;
}

function toPerson({ at, voted, accountMadeAt }: Somebody): Person {
  return { at, voted, accountAge: at - accountMadeAt };
}
