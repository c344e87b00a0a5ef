/** A process that is killed while it sends, ten times: everybody has the edition, and hardly anybody has it twice. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { END_HELD_MS } from '#digest/ending.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { ROOT } from '../program.ts';
import { messageIdIn, openSink } from '../smtp-sink.ts';
import { addSubscriber } from '../subscribers.ts';

const KILLS = 10;
const SUBSCRIBERS = 100;
const SEVEN = Date.parse('2026-01-06T07:00:00Z');

onEachDatabase('sending that is killed', (open) => {
  test('ten times at random moments', { timeout: 300_000 }, async (t) => {
    await using database = await open();
    const { db, settings } = database;
    await save(db, ...[1, 2, 3].map((number) => makeDraft(number)));
    await rankDue({ db, now: SEVEN - 1 });
    const emails = Array.from({ length: SUBSCRIBERS }, (_, number) => `reader-${number}@example.org`);
    for (const email of emails) await addSubscriber(db, { email, now: SEVEN - 3_600_000 });
    let child: ChildProcess | undefined;
    let left = Number.POSITIVE_INFINITY;
    let delay = 0;
    await using sink = await openSink({
      onTaken() {
        left -= 1;
        if (left !== 0) return;
        // At once is the worst of all moments: the server has the mail, and nobody has been told.
        if (delay === 0) child?.kill('SIGKILL');
        else setTimeout(() => child?.kill('SIGKILL'), delay);
      },
    });
    const run = async (round: number): Promise<number | null> => {
      // Whatever the last one held is free again by then.
      const instant = new Date(SEVEN + round * (END_HELD_MS + 1_000)).toISOString();
      child = spawn(process.execPath, ['--import', './bin/typescript.js', 'test/digest-process.ts', instant], {
        cwd: ROOT,
        env: {
          PATH: process.env['PATH'],
          TMPDIR: process.env['TMPDIR'],
          NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
          ...settings,
          SMTP_URL: sink.url,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    };
    let killed = 0;
    for (let round = 0; round < KILLS; round += 1) {
      left = 1 + Math.floor(Math.random() * 8);
      delay = round % 2 === 0 ? 0 : Math.random() * 20;
      t.diagnostic(`kill ${round}: after ${left} mails and ${delay.toFixed(1)} ms`);
      if ((await run(round)) === null) killed += 1;
    }
    assert.equal(killed, KILLS, 'each was killed at work');
    left = Number.POSITIVE_INFINITY;
    assert.equal(await run(KILLS), 0);
    const ids = new Map(emails.map((email) => [email, sink.to(email).map(messageIdIn)]));
    for (const [email, received] of ids) assert.equal(new Set(received).size, 1, `${email} has ${received.join(', ')}`);
    const twice = [...ids.values()].reduce((sum, received) => sum + received.length - 1, 0);
    t.diagnostic(`${twice} mails were sent again`);
    assert.ok(twice <= KILLS, `${twice} duplicates`);
    const states = await db.selectFrom('digest_mails').select('state').distinct().execute();
    assert.deepEqual(
      states.map(({ state }) => state),
      ['sent'],
    );
  });
});
