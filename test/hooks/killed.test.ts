/** A server that is killed again and again while it sends: each message arrives, and hardly any twice. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { createApp } from '../../src/app.ts';
import { makeId } from '#accounts/add-user.ts';
import { addHook } from '#hooks/manage.ts';
import { addDelivery } from '#hooks/delivery-store.ts';
import { eventId, GIVE_UP_MS } from '#hooks/hook.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { makeDraft, save } from '../drafts.ts';
import { indexPapers } from '#search/index-papers.ts';
import { dialects, openTestDatabase } from '../database.ts';
import { ROOT } from '../program.ts';
import { startReceiver } from '../receiver.ts';

const KILLS = 10;
const HOOKS = 3;
const MESSAGES = 60;

for (const dialect of dialects)
  test(`killed ten times (${dialect})`, { timeout: 300_000 }, async () => {
    await using receiver = await startReceiver({ delayMs: 15 });
    await using database = await openTestDatabase(dialect);
    const settings = { ...database.settings, WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' };
    const sent = new Set<string>();
    {
      await using app = await createApp(readConfig(settings), { log: createLog({ level: 'error', format: 'text' }) });
      const now = app.clock.now();
      for (let number = 0; number < HOOKS; number += 1) {
        const wish = { url: `${receiver.url}/${number}`, format: 'json' as const, search: 'transformers', top: 10 };
        const { id: hook_id } = await addHook({ ...app, url: 'https://papers.example' }, null, {
          ...wish,
          events: ['search.match'],
        });
        for (let count = 0; count < MESSAGES; count += 1) {
          const event_id = eventId(hook_id, 'paper.trending', String(count));
          const times = { created_at: now, give_up_at: now + GIVE_UP_MS };
          const message = { kind: 'paper.trending' as const, summary: 'x', body: `{"n":${count}}` };
          await addDelivery(app.db, { id: makeId(), hook_id, event_id, ...message, ...times });
          sent.add(event_id);
        }
      }
      // Besides, there is news that nobody has noted yet: one more message for each.
      await save(app.db, makeDraft(1, { title: 'Transformers' }));
      await app.db.updateTable('papers').set({ first_seen_at: systemClock.now() }).execute();
      await indexPapers(app);
    }
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
    let later = 0;
    let killed = 0;
    for (let run = 0; ; run += 1) {
      // What a dead one held is taken up again after half a minute.
      later += 60_000;
      const before = receiver.got.length;
      const child = spawn(
        process.execPath,
        ['--import', './bin/typescript.js', 'test/hooks/deliver-process.ts', String(later)],
        {
          cwd: join(ROOT),
          env,
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const ended = once(child, 'exit');
      if (run < KILLS) {
        // Some are killed before the first message, most while they send.
        const wanted = run === 0 ? 0 : 1 + Math.floor(Math.random() * 12);
        while (!said.includes('ready') || (receiver.got.length < before + wanted && child.exitCode === null))
          await systemClock.sleep(2);
        await systemClock.sleep(Math.random() * 20);
        child.kill('SIGKILL');
      }
      const [code] = (await ended) as [number | null];
      if (code === null) killed += 1;
      if (code === 0) break;
    }
    assert.equal(killed, KILLS, 'each was still at work');
    const times = new Map<string, number>();
    for (const { id } of receiver.got) times.set(id, (times.get(id) ?? 0) + 1);
    for (const id of sent) assert.ok(times.has(id), `${id} never came`);
    assert.equal(times.size, HOOKS * (MESSAGES + 1), 'the news that was noted meanwhile came, once for each hook');
    const twice = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
    assert.ok(twice <= KILLS * HOOKS, `${twice} came twice; at most one for each hook that was being sent to`);
    const bodies = new Map(receiver.got.map(({ id, body }) => [id, body]));
    assert.ok(
      receiver.got.every(({ id, body }) => bodies.get(id) === body),
      'the same id is the same message',
    );
  });
