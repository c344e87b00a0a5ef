/** Addresses that are not mailed any more. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { ANN, CATEGORY, DAY, PLAIN, openSubscribing } from '../../test/subscribing.ts';
import { subscribe } from './subscribe.ts';
import { isSuppressed, suppress, unsuppress } from './suppress.ts';

onEachDatabase('suppressed addresses', (database) => {
  test('a suppressed address has nothing due and is not asked; lifting it brings back what was', async () => {
    await using opened = await database();
    const { db, clock, sent, ask, press, consent, dueAt } = openSubscribing(opened);
    await subscribe(db, ANN, CATEGORY, consent());
    const bounce = { email: ANN, reason: 'bounced' as const, detail: `550 no\0${'!'.repeat(1000)}` };
    await suppress(db, bounce, clock.now());
    assert.deepEqual(await dueAt(), [null]);
    await ask(ANN);
    assert.equal(sent.length, 0);
    assert.equal(await isSuppressed(db, ANN), true);
    assert.equal(await unsuppress(db, ANN, clock.now()), true);
    assert.equal(await unsuppress(db, ANN, clock.now()), false);
    assert.deepEqual(await dueAt(), ['2026-01-09T07:00']);
    await suppress(db, bounce, clock.now());
    clock.advance(30 * DAY);
    await ask(ANN);
    assert.equal(sent.length, 1, 'after a month its owner can ask again');
    await press();
    assert.equal(await isSuppressed(db, ANN), false);
    assert.deepEqual(await dueAt(), ['2026-02-08T07:00', '2026-02-08T07:00']);
  });

  test('who complained is never asked by the form; what the operator said stands for all', async () => {
    await using opened = await database();
    const { db, clock, sent, ask, consent } = openSubscribing(opened);
    await suppress(db, { email: ANN, reason: 'complained', detail: '' }, clock.now());
    await suppress(db, { email: ANN, reason: 'bounced', detail: '' }, clock.now());
    clock.advance(400 * DAY);
    await ask(ANN);
    assert.equal(sent.length, 0);
    await subscribe(db, ANN, PLAIN, consent());
    assert.equal(await isSuppressed(db, ANN), false, 'signed in, she may');
    await suppress(db, { email: ANN, reason: 'operator', detail: '' }, clock.now());
    await assert.rejects(subscribe(db, ANN, PLAIN, consent()), /No mail is sent to this address/);
  });
});
