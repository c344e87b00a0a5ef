import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { SourceContext } from '../context.ts';
import { manualClock, systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { Schema } from '#schema.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { LEASE_MS, LONGEST_PAUSE_MS, PATIENCE_MS, REQUEST_INTERVAL_MS, takeTurn } from './turn.ts';

const START = Date.parse('2026-01-06T05:00:00Z');

onEachDatabase('turns at arXiv', (open) => {
  async function gate(): Promise<
    AsyncDisposable & Pick<SourceContext, 'db'> & { clock: ReturnType<typeof manualClock> }
  > {
    const database = await open();
    return {
      db: database.db,
      clock: manualClock(START),
      [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
    };
  }

  it('come 3 s and a bit after the last one began, and never before it ended', async () => {
    await using context = await gate();
    await (await takeTurn(context))[Symbol.asyncDispose]();
    const second = await takeTurn(context);
    assert.equal(context.clock.now() - START, REQUEST_INTERVAL_MS);
    context.clock.advance(20_000); // a slow answer
    const ended = context.clock.now();
    await second[Symbol.asyncDispose]();
    await takeTurn(context);
    assert.equal(context.clock.now(), ended);
  });

  it('are held by one at a time', async () => {
    await using context = await gate();
    let running = 0;
    let lastStart = 0;
    const one = async (): Promise<void> => {
      await using _turn = await takeTurn(context);
      running += 1;
      lastStart = context.clock.now();
      assert.equal(running, 1);
      await context.clock.sleep(100);
      running -= 1;
    };
    await Promise.all([one(), one(), one(), one()]);
    assert.ok(lastStart - START >= 3 * REQUEST_INTERVAL_MS);
  });

  it('are shared by all processes on the database', async () => {
    await using database = await open();
    const clock = manualClock(START);
    const { DATABASE_URL: databaseUrl, DATA_DIR } = database.settings;
    const other = await openDatabase<Schema>({ databaseUrl, file: join(DATA_DIR, 'broadsheet.db') });
    const first = await takeTurn({ db: database.db, clock });
    let theirs = false;
    const waiting = takeTurn({ db: other, clock: { ...clock, sleep: async () => await systemClock.sleep(1) } }).then(
      () => (theirs = true),
    );
    await systemClock.sleep(20);
    assert.equal(theirs, false, 'while ours runs');
    await first[Symbol.asyncDispose]();
    await systemClock.sleep(20);
    assert.equal(theirs, false, 'before 3 s are over');
    clock.advance(REQUEST_INTERVAL_MS);
    await waiting;
    await other.destroy();
  });

  it('of a process that died end with its lease', async () => {
    await using context = await gate();
    await takeTurn(context); // never disposed
    await takeTurn(context);
    assert.equal(context.clock.now() - START, LEASE_MS);
  });

  it('that outlived their lease do not end somebody else’s', async () => {
    await using context = await gate();
    const dead = await takeTurn(context);
    await takeTurn(context);
    await dead[Symbol.asyncDispose]();
    await takeTurn(context);
    assert.equal(context.clock.now() - START, 2 * LEASE_MS);
  });

  it('pause for everybody when arXiv asks for it', async () => {
    await using context = await gate();
    const turn = await takeTurn(context);
    turn.pauseUntil(START + 60_000);
    await turn[Symbol.asyncDispose]();
    await takeTurn(context);
    assert.equal(context.clock.now() - START, 60_000);
  });

  it('are refused with the time, where the pause is too long to wait for', async () => {
    await using context = await gate();
    const turn = await takeTurn(context);
    turn.pauseUntil(START + PATIENCE_MS + 3_600_000);
    await turn[Symbol.asyncDispose]();
    await assert.rejects(takeTurn(context), /arXiv asks for a pause until 2026-01-06 06:10 UTC/);
    assert.equal(context.clock.now(), START);
  });

  it('are not blocked by a slot from a clock that was wrong', async () => {
    await using context = await gate();
    await context.db
      .insertInto('request_slots')
      .values({ name: 'arxiv', free_at: START + LONGEST_PAUSE_MS + 1 })
      .execute();
    await takeTurn(context);
    assert.equal(context.clock.now(), START);
  });

  it('need not be waited for by someone who gives up', async () => {
    await using context = await gate();
    await takeTurn(context);
    await assert.rejects(takeTurn(context, AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
