/** Subscriptions in tests: a clock that stands still, and a mail server that keeps what it is handed, or fails. */

import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLater } from '#platform/later.ts';
import { createLog } from '#platform/log.ts';
import type { MailError, Message } from '#platform/mail/mail.ts';
import { confirm } from '#subscriptions/confirm.ts';
import { usualList } from '#subscriptions/list.ts';
import type { Asked } from '#subscriptions/list.ts';
import { requestSubscription } from '#subscriptions/request.ts';
import { sendQuestions } from '#subscriptions/send-questions.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { TestDatabase } from './database.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-01-08T12:00:00Z');
export const ANN = 'ann@example.org';
export const PLAIN: Asked = { list: usualList(8), timeZone: 'Europe/Berlin', isPlain: true };
export const about = (...topics: Topic[]): Asked => ({ ...PLAIN, list: { ...PLAIN.list, topics }, isPlain: false });
export const CATEGORY = about({ kind: 'category', id: 'cs.LG' });
export const ALERT = { ...about({ kind: 'search', q: 'BUY NOW http://evil.example' }), isPlain: false };
ALERT.list.kind = 'alert';

export function openSubscribing({ db, settings }: TestDatabase) {
  const clock = manualClock(START);
  const log = createLog({ level: 'silent', format: 'json' });
  const sent: Message[] = [];
  const post = { fails: undefined as MailError | undefined };
  const context = {
    db,
    clock,
    log,
    config: readConfig(settings),
    url: 'https://papers.example',
    secret: () => 's'.repeat(32),
    later: createLater(log),
    mail: {
      place: undefined,
      close: () => undefined,
      async send(message: Message) {
        await Promise.resolve();
        if (post.fails !== undefined) throw post.fails;
        sent.push(message);
      },
    },
  };
  const consent = () => ({ now: clock.now(), from: '192.0.2.1' });
  const ask = async (email: string, asked: Asked = PLAIN) => {
    await requestSubscription(context, email, asked);
    await context.later.settled();
  };
  const token = () => /token=([\w-]+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
  const press = async (text = token()) => await confirm(db, text, consent());
  const dueAt = async () =>
    (await db.selectFrom('subscriptions').select('next_at').orderBy('created_at').orderBy('next_at').execute()).map(
      ({ next_at: at }) => at && new Date(at).toISOString().slice(0, 16),
    );
  const send = async () => await sendQuestions(context, new AbortController().signal);
  return { db, clock, sent, post, consent, ask, token, press, dueAt, send, context };
}
