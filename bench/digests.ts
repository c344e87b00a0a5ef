/** Digests: how fast they are composed and handed over, and whether memory grows with subscribers. */

import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newestEditionDay } from '#feed/edition.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import { migrations } from '#migrations/index.ts';
import { rankAll } from '#ranking/rank-all.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { Db, Schema } from '#schema.ts';
import type { Bench } from './bench.ts';
import { amount, atLeast, atMost, forComparison } from './figure.ts';
import type { Figure } from './figure.ts';

const FEW = 1_000;
const MANY = 50_000;
/** A server that is slow to answer the end of a mail, as most are that scan it or keep it on a disk. */
const FAR = 1_000;
const FAR_MS = 50;
const ENDS_AT_ONCE = 16;
const LEAST_MAILS_PER_SECOND = 300;
/** Flat: so many times as much memory for fifty times as many subscribers. */
const MOST_GROWTH = 1.3;
const CATEGORIES = ['cs.LG', 'cs.CL', 'cs.CV', 'cs.AI', 'cs.RO', 'cs.CR', 'cs.SE', 'cs.HC', 'cs.IR', 'stat.ML'];
const SEARCHES = ['mixture of experts', 'diffusion model', '"reinforcement learning" robot', 'graph neural network'];

export async function measure(bench: Bench): Promise<Figure[]> {
  const source = await bench.database();
  const [few, many] = [await sendTo(bench, source, FEW), await sendTo(bench, source, MANY)];
  const far = await sendTo(bench, source, FAR, FAR_MS);
  const farAtOnce = await sendTo(bench, source, FAR, FAR_MS, ENDS_AT_ONCE);
  return [
    atLeast(
      `digests: mails composed and handed to a local mail server, ${amount(MANY)} subscribers`,
      many.sent / many.seconds,
      LEAST_MAILS_PER_SECOND,
      '/s',
    ),
    forComparison('of it processor time of the sender, per mail', `${amount((many.processor / many.sent) * 1_000)} ms`),
    forComparison(`sending alone, with ${amount(FEW)} subscribers`, speed(few)),
    forComparison(`  to a server that takes ${FAR_MS} ms to say that it has a mail`, speed(far)),
    forComparison(`  the same with DIGESTS_AT_ONCE=${ENDS_AT_ONCE}`, speed(farAtOnce)),
    forComparison('a mail', `${amount(many.bytes / many.sent / 1_024)} kB`),
    atMost(
      `memory with ${amount(MANY)} subscribers, as a multiple of that with ${amount(FEW)}`,
      many.megabytes / few.megabytes,
      MOST_GROWTH,
      '×',
      ` (${amount(few.megabytes)} and ${amount(many.megabytes)} MB)`,
    ),
  ];
}

/** Of sending alone, where composing a few would count for more than it is. */
function speed({ sent, sending }: Sent): string {
  return `${amount(sent / sending)} /s`;
}

interface Sent {
  sent: number;
  seconds: number;
  /** Of them without composing. */
  sending: number;
  processor: number;
  megabytes: number;
  bytes: number;
}

async function sendTo(bench: Bench, source: string, subscribers: number, answerMs = 0, atOnce = 1): Promise<Sent> {
  const { folder, db } = await openCopy(bench, source);
  const now = await prepare(db, subscribers);
  await db.destroy();
  const sink = fork(fileURLToPath(new URL('digests/sink.ts', import.meta.url)), {
    execArgv: ['--import', './bin/typescript.js'],
    env: { ...process.env, ANSWER_MS: String(answerMs) },
  });
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const env = {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: '',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    DIGESTS_AT_ONCE: String(atOnce),
  };
  const sender = spawn(
    process.execPath,
    ['--import', './bin/typescript.js', 'bench/digests/sender.ts', new Date(now).toISOString()],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  sender.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  await once(sender, 'close');
  const { taken, bytes } = await ask(sink);
  sink.disconnect();
  const measured = JSON.parse(out) as Omit<Sent, 'bytes'>;
  if (taken !== subscribers) throw new Error(`${taken} mails arrived of ${subscribers}: ${out}`);
  return { ...measured, bytes };
}

async function ask(sink: ChildProcess): Promise<{ taken: number; bytes: number }> {
  sink.send('?');
  const [answer] = (await once(sink, 'message')) as [{ taken: number; bytes: number }];
  return answer;
}

async function openCopy(bench: Bench, source: string): Promise<{ folder: string; db: Db }> {
  const folder = await bench.folder();
  const file = join(folder, 'broadsheet.db');
  await copyFile(join(source, 'broadsheet.db'), file);
  const db: Db = await openDatabase<Schema>({ databaseUrl: '', file });
  await migrate(db, migrations);
  return { folder, db };
}

/** Subscribers who are all due at the instant that is returned: eight in the morning of the newest edition. */
async function prepare(db: Db, subscribers: number): Promise<number> {
  const day = (await newestEditionDay(db, '9999-12-31')) ?? '2026-01-06';
  const now = Date.parse(`${day}T08:00:00Z`);
  await rankAll({ db, now });
  await addSubscribers(db, subscribers, now);
  return now;
}

async function addSubscribers(db: Db, count: number, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let number = 0; number < count; number += 1) {
      const id = String(number).padStart(16, 's');
      await trx
        .insertInto('subscribers')
        .values({
          ...{ id, email: `reader-${number}@example.org`, time_zone: 'UTC', link_key: id, created_at: 0 },
          ...{ confirmed_at: 0, confirmed_from: null, paused_until: null, ended_at: null },
        })
        .execute();
      await trx
        .insertInto('subscriptions')
        .values({
          ...{ id, subscriber_id: id, kind: 'digest', topics: JSON.stringify(topicsOf(number)), frequency: 'daily' },
          ...{ weekday: 1, hour: 8, most: 10, repeats: 0, even_if_empty: 1, created_at: 0, ended_at: null },
          next_at: now,
        })
        .execute();
    }
  });
}

/** Seven of ten read what trends, two some categories besides, one follows a search. */
function topicsOf(number: number): Topic[] {
  const of = <Item>(items: readonly Item[]) => items[number % items.length] as Item;
  if (number % 10 === 9) return [{ kind: 'search', q: of(SEARCHES) }];
  const category: Topic = { kind: 'category', id: of(CATEGORIES) };
  return number % 10 >= 7 ? [{ kind: 'everything' }, category] : [{ kind: 'everything' }];
}
