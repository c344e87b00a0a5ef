import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { runIfDue } from './run-due.ts';
import type { Job } from './run-due.ts';
import { listJobs } from './store.ts';

const HOUR = 3_600_000;

onEachDatabase('recurring jobs', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
  });
  after(async () => await opened[Symbol.asyncDispose]());
  beforeEach(async () => {
    await opened.db.deleteFrom('jobs').execute();
  });

  function set(run: () => Promise<void>, more: Partial<Job> = {}) {
    const clock = manualClock(Date.parse('2026-01-06T12:00:00Z'));
    const context = { db: opened.db, clock, log: createLog({ level: 'silent', format: 'json' }) };
    const job: Job = { name: 'test', next: (now) => now + HOUR, run, ...more };
    const controller = new AbortController();
    return { clock, controller, tick: async () => await runIfDue(context, job, controller.signal) };
  }

  test('a job runs when it is due, and then not before its next time', async () => {
    let runs = 0;
    const { clock, tick } = set(async () => void (runs += 1));
    await tick();
    await tick();
    assert.equal(runs, 1);
    clock.advance(HOUR);
    await tick();
    assert.equal(runs, 2);
  });

  test('a job with a first time waits for it', async () => {
    let runs = 0;
    const { clock, tick } = set(async () => void (runs += 1), { first: (now) => now + HOUR });
    await tick();
    assert.equal(runs, 0);
    clock.advance(HOUR);
    await tick();
    assert.equal(runs, 1);
  });

  test('a clock that was a year ahead for a moment does not put it off for a year', async () => {
    let runs = 0;
    const { clock, tick } = set(async () => void (runs += 1));
    clock.advance(365 * 24 * HOUR);
    await tick();
    clock.advance(-365 * 24 * HOUR);
    await tick();
    assert.equal(runs, 2);
    await tick();
    assert.equal(runs, 2);
    await opened.db
      .updateTable('jobs')
      .set({ next_at: 0, leased_until: clock.now() + 365 * 24 * HOUR })
      .execute();
    await tick();
    assert.equal(runs, 3, 'nor does one that was killed then');
  });

  test('two processes run it once', async () => {
    let runs = 0;
    const { tick } = set(async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await Promise.all([tick(), tick(), tick()]);
    assert.equal(runs, 1);
  });

  test('a failure is kept and tried again soon, later after more failures', async () => {
    let runs = 0;
    const { clock, tick } = set(async () => {
      runs += 1;
      throw new Error('arXiv is down');
    });
    await tick();
    const [job] = await listJobs(opened.db);
    assert.equal(job?.last_error, 'arXiv is down');
    clock.advance(300_000);
    await tick();
    assert.equal(runs, 2);
    clock.advance(300_000);
    await tick();
    assert.equal(runs, 2, 'the second pause is longer');
    clock.advance(300_000);
    await tick();
    assert.equal(runs, 3);
  });

  test('what a dead process held is taken over', async () => {
    let runs = 0;
    const { clock, tick } = set(async () => void (runs += 1));
    const now = clock.now();
    await opened.db
      .insertInto('jobs')
      .values({
        name: 'test',
        leased_until: now + 60_000,
        started_at: now,
        finished_at: null,
        next_at: now,
        failures: 0,
        last_error: null,
      })
      .execute();
    await tick();
    assert.equal(runs, 0);
    clock.advance(60_000);
    await tick();
    assert.equal(runs, 1);
  });

  test('a job that was told to stop is due again at once', async () => {
    let runs = 0;
    const { controller, tick } = set(async () => {
      runs += 1;
      controller.abort();
      throw new Error('stopped');
    });
    await tick();
    const next = set(async () => void (runs += 1));
    await next.tick();
    assert.equal(runs, 2);
  });

  test('one that woke up after its lease was taken over does not disturb its successor', async () => {
    let release = () => {};
    const slow = set(async () => await new Promise<void>((resolve) => (release = resolve)));
    const first = slow.tick();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await opened.db
      .updateTable('jobs')
      .set({ leased_until: slow.clock.now() + 999_999 })
      .execute(); // a successor's
    release();
    await first;
    const [job] = await listJobs(opened.db);
    assert.equal(job?.leased_until, slow.clock.now() + 999_999);
  });

  test('a database that fails is logged, not thrown', async () => {
    const broken = await open();
    await broken[Symbol.asyncDispose]();
    const lines: string[] = [];
    const log = createLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });
    const context = { db: broken.db, clock: manualClock(0), log };
    const job: Job = { name: 'test', next: () => 0, run: async () => undefined };
    await runIfDue(context, job, new AbortController().signal);
    assert.equal(lines.length, 1);
  });
});
