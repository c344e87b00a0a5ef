/** Fills a database with made-up people who vote for and comment on its papers: the same ones on every machine. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import type { Db } from '#schema.ts';
import { draws } from './measures.ts';

export interface Crowd {
  people: number;
  votes: number;
  comments: number;
}

interface Vote {
  paper_id: string;
  user_id: string;
  voted_at: number;
  account_made_at: number;
}

const BATCH = 20_000;
const DAY = 86_400_000;
/** No paper has more: one in fifty of the people. */
const MOST = 0.02;

/** A few papers have many votes and most have few: the paper of rank n some 1/√n of the first, within `MOST`. */
export async function fillWithCrowd(db: Db, { people, votes, comments }: Crowd): Promise<void> {
  const random = draws(11);
  const papers = await db.selectFrom('papers').select(['id', 'published_on']).orderBy('id').execute();
  const newest = Math.max(...papers.map((paper) => Date.parse(paper.published_on)));
  await savePeople(db, people, newest);
  const shuffled = papers.map((paper) => ({ paper, at: random() })).toSorted((a, b) => a.at - b.at);
  const share = shuffled.map((_, rank) => 1 / Math.sqrt(rank + 1));
  const whole = share.reduce((sum, one) => sum + one, 0);
  let batch: Vote[] = [];
  for (const [rank, { paper }] of shuffled.entries()) {
    const wanted = (votes * (share[rank] ?? 0)) / whole;
    const count = Math.min(Math.floor(wanted + random()), people * MOST);
    const published = Date.parse(paper.published_on);
    const first = Math.floor(random() * people);
    for (let index = 0; index < count; index++) {
      const person = (first + index) % people;
      batch.push({
        paper_id: paper.id,
        user_id: `person-${person}`,
        voted_at: Math.floor(published + random() ** 3 * 20 * DAY),
        account_made_at: madeAt(person, newest),
      });
    }
    if (batch.length >= BATCH) {
      await saveVotes(db, batch);
      batch = [];
    }
  }
  await saveVotes(db, batch);
  await saveComments(db, comments, people);
  await countAll(db);
}

/** Most are older than the papers they vote for; one in ten made the account while the papers came out. */
function madeAt(person: number, newest: number): number {
  return newest - (person % 10 === 0 ? person % 500 : 1_000 + (person % 1_000)) * DAY;
}

async function savePeople(db: Db, people: number, newest: number): Promise<void> {
  const text = 'text' as const;
  const number = 'bigint' as const;
  const columns = { id: text, name: text, role: text, email_verified: number, created_at: number, updated_at: number };
  const rows = Array.from({ length: people }, (_, index) => {
    const created = madeAt(index, newest);
    const name = `person-${index}`;
    return { id: name, name, role: 'reader', email_verified: 1, created_at: created, updated_at: created };
  });
  await db
    .insertInto('users')
    .columns(columnNames(columns))
    .expression(selectRows(dialectOf(db), columns, rows))
    .execute();
}

async function saveVotes(db: Db, rows: readonly Vote[]): Promise<void> {
  const columns = { paper_id: 'text', user_id: 'text', voted_at: 'bigint', account_made_at: 'bigint' } as const;
  await db
    .insertInto('upvotes')
    .columns(columnNames(columns))
    .expression(selectRows(dialectOf(db), columns, rows))
    .execute();
}

/** By people who voted for the paper, and as many who did not. */
async function saveComments(db: Db, comments: number, people: number): Promise<void> {
  await sql`insert into comments (id, paper_id, user_id, thread_id, is_reply, body, created_at, answers, score)
    select paper_id || ' ' || user_id, paper_id,
      case when voted_at % 2 = 0 then user_id else 'person-' || (voted_at % ${sql.lit(people)}) end,
      paper_id || ' ' || user_id, 0, 'A comment.', voted_at + 1000, 0, 0
    from upvotes where voted_at % 10 = 0 limit ${comments}`.execute(db);
}

async function countAll(db: Db): Promise<void> {
  await sql`insert into paper_tallies
      (paper_id, upvotes, comments, commenters, last_vote_at, last_comment_at, changed_at)
    select papers.id, coalesce(voted.people, 0), coalesce(said.comments, 0), coalesce(said.people, 0),
      voted.last, said.last, coalesce(voted.last, said.last)
    from papers
    left join (select paper_id, count(*) as people, max(voted_at) as last from upvotes group by paper_id) as voted
      on voted.paper_id = papers.id
    left join (select paper_id, count(*) as comments, count(distinct user_id) as people, max(created_at) as last
      from comments group by paper_id) as said on said.paper_id = papers.id
    where voted.people > 0 or said.people > 0`.execute(db);
}
