import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import { findRequest, listRequestsOf, refuseAllOf } from '#papers/request-store.ts';
import { findPaper } from '#papers/store.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { submit } from '#papers/submit.ts';
import type { Db } from '#schema.ts';
import { manyPapers, startArxiv } from '../../test/arxiv-server.ts';
import { onEachDatabase } from '../../test/database.ts';
import { LISTING_MORNING, sourceContext } from '../../test/source-context.ts';
import type { SourceContext } from './context.ts';
import { afterFailure, fetchSubmitted, fetchSubmittedNow } from './fetch-submitted.ts';

const ANN = 'a'.repeat(24);
const BEN = 'b'.repeat(24);
const id = '2601.00001';
const MINUTE = 60_000;
const DAY = 86_400_000;

async function ask(db: Db, text: string, userId = ANN, now = LISTING_MORNING, anyAge = false): Promise<void> {
  const rules = { windowDays: 14, perDay: 5 };
  const by = async () => await Promise.resolve({ id: userId, isModerator: anyAge });
  const { outcome } = await submit(db, { text, by, anyAge, today: '2026-01-06', now, rules });
  assert.equal(outcome, 'waiting');
}

onEachDatabase('papers that people submitted', (open) => {
  it('are fetched at once where arXiv answers', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(2) });
    const context = sourceContext(database, arxiv);
    await ask(db, id);
    await fetchSubmittedNow(context, { userId: ANN, paperId: id }, AbortSignal.timeout(5_000));
    const submission = await findSubmission(db, id);
    assert.deepEqual([submission?.day, submission?.position, submission?.user_id], ['2026-01-06', 1, ANN]);
    assert.equal((await findPaper(db, id))?.announcedOn, '2026-01-06');
    assert.deepEqual(await listRequestsOf(db, ANN), []);
    await fetchSubmittedNow(context, { userId: ANN, paperId: id }, AbortSignal.timeout(5_000));
    assert.equal(arxiv.requests.length, 1, 'once');
  });

  it('wait for the job where arXiv is slow, and a form does not hang', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    arxiv.fail({ kind: 'drip' });
    await ask(db, id);
    await fetchSubmittedNow(context, { userId: ANN, paperId: id }, AbortSignal.timeout(200));
    assert.equal(await findSubmission(db, id), undefined);
    context.clock.advance(1); // it is the job's at once
    await fetchSubmitted(context);
    assert.equal((await findSubmission(db, id))?.user_id, ANN);
  });

  it('are left to the form that just asked for them, and taken over if its process died', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    await ask(db, id);
    await fetchSubmitted(context);
    assert.equal(arxiv.requests.length, 0);
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    assert.equal((await findSubmission(db, id))?.user_id, ANN);
  });

  it('are tried again, later each time, and given up after a day with the reason', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    await ask(db, id);
    arxiv.fail({ kind: 'status', status: 403 }, { times: 1000 });
    const times: number[] = [];
    for (const end = LISTING_MORNING + DAY + 2 * MINUTE; context.clock.now() < end; context.clock.advance(MINUTE)) {
      const before = arxiv.requests.length;
      await fetchSubmitted(context);
      if (arxiv.requests.length > before) times.push(Math.round((context.clock.now() - LISTING_MORNING) / MINUTE));
    }
    assert.deepEqual(times.slice(0, 5), [1, 2, 4, 8, 16]);
    assert.ok(times.length < 35, `${times.length} tries`);
    const request = await findRequest(db, { userId: ANN, paperId: id });
    assert.equal(request?.next_at, null);
    assert.match(
      request?.problem ?? '',
      /could not be fetched within a day\. arXiv answered with an error \(403\)\. Submit it again/,
    );
    // Which works, when arXiv does.
    const tomorrow = context.clock.now();
    await using well = await startArxiv({ papers: manyPapers(1) });
    await ask(db, id, ANN, tomorrow);
    await fetchSubmittedNow(
      sourceContext(database, well, { clock: context.clock }),
      { userId: ANN, paperId: id },
      AbortSignal.timeout(5_000),
    );
    assert.equal((await findSubmission(db, id))?.day, '2026-01-07');
  });

  it('do not hold up each other, whatever goes wrong with one', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(2) });
    const context = sourceContext(database, arxiv);
    const broken =
      dialectOf(db) === 'postgres'
        ? sql`alter table papers add constraint broken check (id <> '2601.00001')`
        : sql`create trigger broken before insert on papers when new.id = '2601.00001' begin select raise(abort, 'broken'); end`;
    await broken.execute(db);
    await ask(db, id);
    await ask(db, '2601.00002', BEN, LISTING_MORNING + 1);
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    assert.equal((await findSubmission(db, '2601.00002'))?.user_id, BEN);
    const request = await findRequest(db, { userId: ANN, paperId: id });
    assert.deepEqual([request?.attempts, request?.problem], [1, 'This site made a mistake with it.']);
  });

  it('are refused with the reason where arXiv does not know them or they are too old', async () => {
    await using database = await open();
    const { db } = database;
    const [old] = manyPapers(1, { versions: [{ at: '2025-12-01T10:00:00Z' }], id: '2512.00007' });
    assert.ok(old);
    await using arxiv = await startArxiv({ papers: [old] });
    const context = sourceContext(database, arxiv);
    await ask(db, '2601.09999');
    await ask(db, '2512.00007');
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    const problems = new Map((await listRequestsOf(db, ANN)).map((one) => [one.paper_id, one.problem ?? '']));
    assert.match(problems.get('2601.09999') ?? '', /arXiv has no paper 2601\.09999\. Look at the number/);
    assert.match(problems.get('2512.00007') ?? '', /too old.*published on December 1, 2025/);
    assert.equal(await findPaper(db, '2512.00007'), undefined, 'it is not brought in either');
    await ask(db, '2512.00007', BEN, context.clock.now(), true);
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    assert.equal((await findSubmission(db, '2512.00007'))?.user_id, BEN, 'a moderator may');
    context.clock.advance(31 * DAY);
    await fetchSubmitted(context);
    assert.deepEqual(await listRequestsOf(db, ANN), [], 'forgotten after a month');
  });

  it('are given to whoever was first, and the other is told', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    await ask(db, id, ANN);
    await ask(db, id, BEN, LISTING_MORNING + 10);
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    assert.equal((await findSubmission(db, id))?.user_id, ANN);
    assert.equal(arxiv.requests.length, 1);
    assert.match((await listRequestsOf(db, BEN))[0]?.problem ?? '', /was submitted for the edition of January 6, 2026/);
  });

  it('are not placed, nor tried again, where whoever asked is banned while arXiv is asked', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    for (const answer of ['fails', 'hangs', 'comes'] as const) {
      const context = sourceContext(database, arxiv);
      await ask(db, id);
      const stop = new AbortController();
      const banning: SourceContext['fetch'] = async (input, init) => {
        await refuseAllOf(db, ANN, 'Advertising');
        if (answer === 'hangs') stop.abort();
        return answer === 'comes' ? await fetch(input, init) : new Response('', { status: 400 });
      };
      await fetchSubmittedNow({ ...context, fetch: banning }, { userId: ANN, paperId: id }, stop.signal);
      const request = await findRequest(db, { userId: ANN, paperId: id });
      assert.deepEqual([request?.next_at, request?.attempts], [null, 0], answer);
      assert.match(request?.problem ?? '', /The account was banned: Advertising/);
      assert.equal(await findSubmission(db, id), undefined);
    }
  });

  it('are not placed for somebody who is banned or has left by then', async () => {
    await using database = await open();
    const { db } = database;
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    const account = { role: 'reader' as const, email_verified: 0, created_at: 0, updated_at: 0 };
    await db
      .insertInto('users')
      .values([
        { ...account, id: ANN, name: 'deleted-1', deleted_at: 1 },
        { ...account, id: BEN, name: 'ben', banned_at: 1 },
      ])
      .execute();
    for (const who of [ANN, BEN]) await ask(db, id, who);
    context.clock.advance(MINUTE);
    await fetchSubmitted(context);
    assert.equal(await findSubmission(db, id), undefined);
    for (const who of [ANN, BEN])
      assert.match((await listRequestsOf(db, who))[0]?.problem ?? '', /can no longer submit/);
  });
});

test('the waits double up to an hour', () => {
  const waits = [0, 1, 5, 6, 20].map((attempts) => {
    const { next_at } = afterFailure({ attempts, asked_at: 0 }, 'x', 1000);
    return ((next_at ?? 0) - 1000) / MINUTE;
  });
  assert.deepEqual(waits, [1, 2, 32, 60, 60]);
});
