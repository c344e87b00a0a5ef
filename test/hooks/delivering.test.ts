/** Messages to receivers that work, that do not, and that take their time. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { holdDelivery, settleDelivery } from '#hooks/delivery-store.ts';
import { OFF_AFTER } from '#hooks/hook.ts';
import { resumeHook, rotateSecret, sendAgain, sendTest } from '#hooks/manage.ts';
import { postOutside } from '#platform/http/post-outside.ts';
import { dialects } from '../database.ts';
import { startReceiver } from '../receiver.ts';
import type { Got } from '../receiver.ts';
import { DAY, openHookSite } from './hook-site.ts';
import type { HookSite } from './hook-site.ts';

const never = new AbortController().signal;
const MINUTE = 60_000;

function signatureOf({ id, headers, body }: Got, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${id}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

for (const dialect of dialects)
  describe(`sending webhooks (${dialect})`, () => {
    let it: HookSite;
    let papers = 0;
    beforeEach(async () => {
      it = await openHookSite(dialect);
      papers = 0;
    });
    afterEach(async () => await it[Symbol.asyncDispose]());

    /** One more message for every hook that follows the trending list. */
    async function happen(): Promise<void> {
      papers += 1;
      await it.print({ number: papers });
      await it.vote(`2601.${String(papers).padStart(5, '0')}`, 1);
      await it.note();
    }

    test('a message is signed and says when, and is not sent again', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      await happen();
      await it.deliver();
      it.site.clock.advance(DAY);
      await it.deliver();
      const [got, ...more] = it.receiver.got;
      assert.deepEqual(more, []);
      assert.ok(got);
      assert.match(got.id, /^msg_[0-9a-f]{32}$/);
      assert.equal(got.headers['webhook-signature'], signatureOf(got, hook.secret));
      assert.equal(Number(got.headers['webhook-timestamp']), Math.floor(it.site.clock.now() / 1000) - DAY / 1000);
      assert.equal(got.headers['content-type'], 'application/json; charset=utf-8');
      assert.equal(got.headers['user-agent'], 'Broadsheet (+https://papers.example/)');
      const [row] = await it.log(hook);
      assert.deepEqual([row?.state, row?.status, row?.attempts, row?.problem], ['delivered', 204, 1, null]);
    });

    test('after a change of the secret both sign for a day', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      const fresh = await rotateSecret(it.context, hook);
      await happen();
      await it.deliver();
      it.site.clock.advance(DAY + 1000);
      await happen();
      await it.deliver();
      const [first, second] = it.receiver.got;
      assert.ok(first && second);
      assert.equal(
        first.headers['webhook-signature'],
        `${signatureOf(first, fresh)} ${signatureOf(first, hook.secret)}`,
      );
      assert.equal(second.headers['webhook-signature'], signatureOf(second, fresh));
    });

    test('a receiver that drops, fails and is busy gets it in the end: the same message under the same id', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      await happen();
      it.receiver.faults.push(
        { kind: 'drop' },
        { kind: 'status', status: 500, body: 'oops' },
        { kind: 'status', status: 429, headers: { 'Retry-After': '7200' } },
        { kind: 'status', status: 503 },
      );
      const counts: number[] = [];
      for (const wait of [0, 30_000, 2 * MINUTE, MINUTE, 119 * MINUTE, 40 * MINUTE]) {
        it.site.clock.advance(wait);
        await it.deliver();
        counts.push(it.receiver.got.length);
      }
      // A minute after “come back in two hours” it is left alone.
      assert.deepEqual(counts, [1, 2, 3, 3, 4, 5]);
      assert.equal(new Set(it.receiver.got.map(({ id, body }) => id + body)).size, 1);
      const timestamps = it.receiver.got.map(({ headers }) => Number(headers['webhook-timestamp']));
      assert.ok((timestamps[4] ?? 0) > (timestamps[0] ?? 0) + 7200, 'each try says its own time');
      const [row] = await it.log(hook);
      assert.deepEqual([row?.state, row?.attempts, row?.problem], ['delivered', 5, null]);
      assert.equal((await it.hook(hook.id)).failures, 0);
    });

    test('what waits for a busy receiver waits with it', async () => {
      await it.add({ events: ['paper.trending'] });
      await happen();
      await happen();
      await happen();
      it.receiver.faults.push({ kind: 'status', status: 429, headers: { 'Retry-After': '600' } });
      await it.deliver();
      it.site.clock.advance(5 * MINUTE);
      await it.deliver();
      assert.equal(it.receiver.got.length, 1);
      it.site.clock.advance(6 * MINUTE);
      await it.deliver();
      assert.equal(it.receiver.got.length, 4);
    });

    test('one that is being sent is still its sender’s when another one has to wait', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      await happen();
      await it.deliver();
      const [sent] = await it.log(hook);
      assert.ok(sent);
      const due_at = it.site.clock.now() + 30_000;
      assert.equal(await holdDelivery(it.site.db, sent, due_at), true);
      await happen();
      it.receiver.faults.push({ kind: 'status', status: 429, headers: { 'Retry-After': '600' } });
      await it.deliver();
      const isOurs = await it.site.db
        .transaction()
        .execute(async (trx) => await settleDelivery(trx, { ...sent, due_at }, { state: 'delivered' }));
      assert.equal(isOurs, true);
      it.site.clock.advance(11 * MINUTE);
      await it.deliver();
      assert.equal(it.receiver.got.length, 3, 'it is not sent once more');
    });

    test('it is given up after a day, and after some of those the hook is switched off', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      it.receiver.always = { kind: 'status', status: 502 };
      for (let count = 1; count <= OFF_AFTER; count += 1) {
        await happen();
        for (let hours = 0; hours < 30; hours += 1) {
          await it.deliver();
          it.site.clock.advance(60 * MINUTE);
        }
        const [row] = await it.log(hook);
        assert.deepEqual([row?.state, row?.status, row?.problem], ['failed', 502, 'answered 502']);
        assert.ok((row?.attempts ?? 0) >= 8 && (row?.attempts ?? 0) <= 10, String(row?.attempts));
      }
      const off = await it.hook(hook.id);
      assert.notEqual(off.offAt, null);
      assert.equal(off.offReason, '5 messages in a row failed; the last: answered 502');
      const before = it.receiver.got.length;
      await happen();
      await it.deliver();
      assert.equal(it.receiver.got.length, before);
      it.receiver.always = undefined;
      await resumeHook(it.context, off);
      await happen();
      await it.deliver();
      assert.equal(it.receiver.got.length, before + 1);
      assert.deepEqual(await it.hook(hook.id).then(({ offAt, failures }) => [offAt, failures]), [null, 0]);
    });

    test('one that refuses is not asked again; one that is gone is switched off at once', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      it.receiver.faults.push({ kind: 'status', status: 404 }, { kind: 'status', status: 410 });
      await happen();
      await it.deliver();
      it.site.clock.advance(DAY);
      await it.deliver();
      assert.equal(it.receiver.got.length, 1);
      assert.equal((await it.hook(hook.id)).failures, 1);
      await happen();
      await happen();
      await it.deliver();
      assert.match((await it.hook(hook.id)).offReason ?? '', /^the receiver answered 410 Gone/);
      assert.deepEqual(
        (await it.log(hook)).map(({ state, problem }) => [state, problem?.slice(0, 12)]),
        [
          ['failed', 'not sent: th'],
          ['failed', 'answered 410'],
          ['failed', 'answered 404'],
        ],
      );
    });

    test('a redirect to the machine’s metadata is a failure and nothing else', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      it.receiver.faults.push({
        kind: 'status',
        status: 307,
        headers: { Location: 'http://169.254.169.254/latest/meta-data/' },
      });
      await happen();
      await it.deliver();
      assert.match((await it.log(hook))[0]?.problem ?? '', /^answered 307, a redirect/);
    });

    test('an address that leads inside is refused when it is connected to, and not tried again', async () => {
      const strict = { ...it.context, post: postOutside({ allowed: [] }) };
      const hook = await it.add({ events: ['paper.trending'] });
      await sendTest(strict, hook, never);
      assert.equal(it.receiver.got.length, 0);
      const [row] = await it.log(hook);
      assert.deepEqual([row?.state, row?.attempts], ['failed', 1]);
      assert.match(row?.problem ?? '', /127\.0\.0\.1 is inside of a network/);
    });

    test('one that stalls does not hold up the others', async () => {
      await using other = await startReceiver();
      const quick = { ...it.context, post: postOutside({ allowed: ['127.0.0.1'], patienceMs: 1_000 }) };
      await it.add({ events: ['paper.trending'] });
      await it.add({ events: ['paper.trending'], url: `${other.url}/b` });
      await happen();
      await happen();
      it.receiver.always = { kind: 'stall' };
      const began = performance.now();
      const sending = (await import('#hooks/deliver.ts')).deliverDue(quick, never);
      while (other.got.length < 2 && performance.now() - began < 900)
        await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(other.got.length, 2, 'both arrived while the first one still stalled');
      await sending;
      assert.equal(it.receiver.got.length, 1, 'one at a time');
    });

    test('several that send at once send each message once', async () => {
      await it.add({ events: ['paper.trending'] });
      await it.add({ events: ['paper.trending'] });
      for (let count = 0; count < 5; count += 1) await happen();
      await Promise.all([it.deliver(), it.deliver(), it.deliver()]);
      const ids = it.receiver.got.map(({ id }) => id);
      assert.deepEqual([ids.length, new Set(ids).size], [10, 10], 'two hooks have ids of their own');
    });

    test('a message of the log is sent once more under its id; a test counts for nothing', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      await happen();
      it.receiver.faults.push({ kind: 'status', status: 400 }, { kind: 'status', status: 500 });
      await it.deliver();
      const [failed] = await it.log(hook);
      await sendTest(it.context, hook, never);
      assert.equal((await it.hook(hook.id)).failures, 1, 'as before the test');
      await sendAgain(it.context, hook, failed?.id ?? '', never);
      await sendAgain(it.context, hook, failed?.id ?? '', never);
      assert.deepEqual(
        it.receiver.got.map(({ id }) => id === failed?.event_id),
        [true, false, true, true],
      );
      assert.deepEqual((await it.log(hook)).map(({ kind, state }) => `${kind} ${state}`).toSorted(), [
        'paper.trending delivered',
        'test failed',
      ]);
      await assert.rejects(sendAgain(it.context, hook, 'nonsense', never), /not in the log/);
    });

    test('what was told to stop is sent later', async () => {
      const hook = await it.add({ events: ['paper.trending'] });
      await happen();
      it.receiver.faults.push({ kind: 'stall' });
      const controller = new AbortController();
      const { deliverDue } = await import('#hooks/deliver.ts');
      const sending = deliverDue(it.context, controller.signal);
      while (it.receiver.got.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort(new Error('the program ends'));
      await sending;
      assert.deepEqual(
        (await it.log(hook)).map(({ state, attempts }) => [state, attempts]),
        [['waiting', 0]],
      );
      it.site.clock.advance(MINUTE);
      await it.deliver();
      assert.equal(it.receiver.got.length, 2);
    });
  });
