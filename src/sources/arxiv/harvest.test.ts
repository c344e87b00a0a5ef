import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { countPapers, findStoredIds } from '#papers/store.ts';
import { manualClock } from '#platform/clock.ts';
import { manyPapers, startArxiv } from '../../../test/arxiv-server.ts';
import type { ArxivOptions, ArxivServer } from '../../../test/arxiv-server.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { LISTING_MORNING, sourceContext } from '../../../test/source-context.ts';
import { findCursor } from '../cursors.ts';
import { harvest } from './harvest.ts';

const LIST = { prefix: 'arXiv', set: 'cs', from: '2026-01-01' } as const;
const NAME = 'oai:arXiv:cs';
const HOUR_MS = 3_600_000;

onEachDatabase('harvesting a list', (open) => {
  async function scene(options: ArxivOptions = {}) {
    const database = await open();
    const clock = manualClock(LISTING_MORNING);
    const arxiv = await startArxiv({ papers: manyPapers(30), pageSize: 10, now: () => clock.now(), ...options });
    const context = sourceContext(database, arxiv, { clock });
    return {
      database,
      arxiv,
      clock,
      context,
      async [Symbol.asyncDispose]() {
        await arxiv[Symbol.asyncDispose]();
        await database[Symbol.asyncDispose]();
      },
    };
  }

  const oaiUrls = ({ requests }: ArxivServer) => requests.map(({ url }) => new URLSearchParams(url.split('?')[1]));
  const stored = async ({ db }: TestDatabase) => await countPapers(db);

  it('follows the tokens to the end and takes each paper once, though pages overlap', async () => {
    await using at = await scene({ overlap: 4 });
    const counts = await harvest(at.context, LIST);
    assert.deepEqual(counts, { added: 30, changed: 0, unchanged: 8, pages: 3, skipped: 0 });
    const [first, second] = oaiUrls(at.arxiv);
    assert.deepEqual([...(first?.keys() ?? [])], ['verb', 'metadataPrefix', 'set', 'from']);
    assert.deepEqual([...(second?.keys() ?? [])], ['verb', 'resumptionToken']);
  });

  it('goes on where it was interrupted', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'truncated' }, { after: 1 });
    await assert.rejects(harvest(at.context, LIST), /in the middle of/);
    assert.equal(await stored(at.database), 10);
    at.arxiv.requests.length = 0;
    const counts = await harvest(at.context, LIST);
    assert.deepEqual([counts.added, counts.unchanged], [20, 0]);
    assert.ok(oaiUrls(at.arxiv).every((query) => query.has('resumptionToken')));
    assert.equal((await findCursor(at.database.db, NAME)).token, null);
  });

  it('begins again at the newest day seen when arXiv forgets the token', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'oai-error', code: 'badResumptionToken' }, { after: 2 });
    const counts = await harvest(at.context, LIST);
    assert.equal(counts.added, 30);
    assert.deepEqual(
      oaiUrls(at.arxiv).map((query) => query.get('from') ?? 'token'),
      ['2026-01-01', 'token', 'token', '2026-01-06', 'token'],
    );
  });

  it('does not even try a token of yesterday', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'html' }, { after: 1 });
    await assert.rejects(harvest(at.context, LIST));
    at.clock.advance(24 * HOUR_MS);
    at.arxiv.requests.length = 0;
    await harvest(at.context, { prefix: 'arXiv', set: 'cs' });
    assert.equal(oaiUrls(at.arxiv)[0]?.get('from'), '2026-01-05');
    assert.equal(await stored(at.database), 30);
  });

  it('gives up where tokens never work', async () => {
    await using at = await scene();
    at.arxiv.forgetTokens = true;
    await assert.rejects(harvest(at.context, LIST), /rejects its own resumption tokens/);
    assert.ok(at.arxiv.requests.length < 12);
  });

  it('gives up where a page repeats for ever', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'repeat' }, { after: 2, times: 99 });
    await assert.rejects(harvest(at.context, LIST), /repeats a resumption token/);
    assert.equal(await stored(at.database), 20);
  });

  it('begins two days back on a new installation, then where the last one began', async () => {
    await using at = await scene();
    await harvest(at.context, { prefix: 'arXiv', set: 'cs' });
    assert.equal((await findCursor(at.database.db, NAME)).from_day, '2026-01-06');
    at.clock.advance(30 * HOUR_MS);
    await harvest(at.context, { prefix: 'arXiv', set: 'cs' });
    assert.deepEqual(
      oaiUrls(at.arxiv).flatMap((query) => query.get('from') ?? []),
      ['2026-01-04', '2026-01-06'],
    );
    assert.equal((await findCursor(at.database.db, NAME)).from_day, '2026-01-07');
  });

  it('takes the day on which a long list began as the start of the next', async () => {
    await using at = await scene();
    at.clock.advance(18.8 * HOUR_MS); // 23:58
    const midnight = { ...LIST, onPage: () => at.clock.advance(HOUR_MS) };
    await harvest(at.context, midnight);
    assert.equal((await findCursor(at.database.db, NAME)).from_day, '2026-01-06');
  });

  it('leaves no gap behind a harvest of newer days only', async () => {
    await using at = await scene();
    await harvest(at.context, { ...LIST, from: '2026-01-05' });
    at.clock.advance(20 * 24 * HOUR_MS);
    await harvest(at.context, { ...LIST, from: '2026-01-20' });
    assert.equal((await findCursor(at.database.db, NAME)).from_day, '2026-01-06');
  });

  it('does not go on with the token of another list', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'html' }, { after: 1 });
    await assert.rejects(harvest(at.context, { ...LIST, from: '2026-01-06' }));
    at.arxiv.requests.length = 0;
    await harvest(at.context, LIST);
    assert.equal(oaiUrls(at.arxiv)[0]?.get('from'), '2026-01-01');
    assert.equal(await stored(at.database), 30);
  });

  it('takes "nothing matches" for nothing new', async () => {
    await using at = await scene({ papers: [] });
    assert.deepEqual(await harvest(at.context, LIST), { added: 0, changed: 0, unchanged: 0, pages: 1, skipped: 0 });
    assert.equal((await findCursor(at.database.db, NAME)).from_day, '2026-01-06');
  });

  it('asks for everything where a day is before arXiv’s first', async () => {
    await using at = await scene();
    await harvest(at.context, { ...LIST, from: '1991-08-14' });
    assert.equal(oaiUrls(at.arxiv)[0]?.has('from'), false);
    at.arxiv.requests.length = 0;
    at.arxiv.fail({ kind: 'oai-error', code: 'badArgument', message: 'start date too early' });
    await harvest(at.context, { ...LIST, from: '2005-09-17' });
    assert.deepEqual(
      oaiUrls(at.arxiv)
        .slice(0, 2)
        .map((query) => query.get('from')),
      ['2005-09-17', null],
    );
  });

  it('reports an error that comes inside an HTTP 200', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'oai-error', code: 'badArgument', message: 'Set does not exist' });
    await assert.rejects(
      harvest(at.context, LIST),
      /verb=ListRecords.*: it answered badArgument: Set does not exist\./,
    );
  });

  it('goes on past a page without records', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'no-records' }, { after: 1 });
    assert.equal((await harvest(at.context, LIST)).added, 20);
  });

  it('skips a bad record, says which, and keeps it', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'bad-record' });
    const counts = await harvest(at.context, LIST);
    assert.deepEqual([counts.added, counts.skipped], [29, 1]);
    assert.ok(at.context.lines.some(({ msg, record }) => msg === 'skipped a record' && record === '2601.00001'));
    const folder = join(at.database.settings.DATA_DIR, 'rejected');
    const [file = ''] = await readdir(folder);
    assert.match(
      await readFile(join(folder, file), 'utf8'),
      /"not an id" is not an arXiv id[^]*Diffusion at scale, part 1</,
    );
  });

  it('dates only what was new in the days it was asked for, not every old paper that changed', async () => {
    const [fresh, held, old] = manyPapers(3);
    assert.ok(old && held && fresh);
    old.versions = [{ at: '2019-05-06T10:00:00Z' }];
    held.versions = [{ at: '2025-12-18T10:00:00Z' }];
    await using at = await scene({ papers: [old, held, fresh], pageSize: 1 });
    const days = async () =>
      (await at.database.db.selectFrom('papers').select('announced_on').orderBy('id').execute()).map(
        ({ announced_on: day }) => day,
      );
    for (const prefix of ['arXivRaw', 'arXiv'] as const) await harvest(at.context, { ...LIST, prefix });
    assert.deepEqual(await days(), ['2026-01-06', '2025-12-19', null]);
    await harvest(at.context, { ...LIST, from: '2019-01-01' });
    assert.deepEqual(
      await days(),
      ['2026-01-06', '2025-12-19', '2019-05-07'],
      'an archive is filled from its start on',
    );
  });

  it('dates everything in a harvest of everything', async () => {
    await using at = await scene({ papers: manyPapers(1, { versions: [{ at: '1999-01-04T10:00:00Z' }] }) });
    await harvest(at.context, { ...LIST, from: '1991-08-14' });
    const row = await at.database.db.selectFrom('papers').select('announced_on').executeTakeFirst();
    assert.equal(row?.announced_on, '1999-01-05');
  });

  it('skips a paper of a year that has not come', async () => {
    const [good, late] = manyPapers(2);
    assert.ok(good && late);
    late.versions = [{ at: '9999-12-31T10:00:00Z' }];
    await using at = await scene({ papers: [good, late] });
    for (const prefix of ['arXivRaw', 'arXiv'] as const) {
      const counts = await harvest(at.context, { ...LIST, prefix });
      assert.equal(counts.skipped, 1);
    }
    assert.equal(await stored(at.database), 1);
    const reasons = at.context.lines.flatMap(({ msg, reason }) => (msg === 'skipped a record' ? [reason] : []));
    assert.match(String(reasons[0]), /^no paper can be from 9999-12-31, only from 1900-01-01 to 2026-01-07/);
  });

  it('stores no wrongly decoded name', async () => {
    await using at = await scene();
    at.arxiv.fail({ kind: 'latin1', declared: 'UTF-8' });
    await assert.rejects(harvest(at.context, LIST), /the text is not UTF-8, which it is declared to be/);
    assert.equal(await stored(at.database), 0);
    at.arxiv.fail({ kind: 'latin1', declared: 'ISO-8859-1' });
    await harvest(at.context, LIST);
    const row = await at.database.db
      .selectFrom('papers')
      .select('authors')
      .where('id', '=', '2601.00001')
      .executeTakeFirst();
    assert.match(row?.authors ?? '', /Müller/);
  });

  it('asks only for its set', async () => {
    const papers = manyPapers(2).map((paper, index) => ({ ...paper, categories: [index === 0 ? 'cs.LG' : 'hep-th'] }));
    await using at = await scene({ papers });
    await harvest(at.context, { ...LIST, set: 'physics:hep-th' });
    assert.deepEqual([...(await findStoredIds(at.database.db, ['2601.00001', '2601.00002']))], ['2601.00002']);
  });
});
