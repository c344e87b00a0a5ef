/** What is forgotten, and when. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { ANN, CATEGORY, DAY, PLAIN, openSubscribing } from '../../test/subscribing.ts';
import { endAll, forget, pause } from './change.ts';
import { countSubscribers } from './counts.ts';
import { forgetOld } from './forget.ts';
import { findSubscriberByEmail } from './store.ts';
import { subscribe } from './subscribe.ts';
import { suppress } from './suppress.ts';

onEachDatabase('forgetting', (database) => {
  test('what was never confirmed is forgotten, and what ended long ago', async () => {
    await using opened = await database();
    const { db, clock, ask, press, consent } = openSubscribing(opened);
    await ask(ANN);
    await ask('bob@example.org');
    const bob = await press();
    assert.ok('subscriber' in bob);
    assert.deepEqual(await countSubscribers(db, clock.now()), { active: 1, unconfirmed: 1, paused: 0, suppressed: 0 });
    clock.advance(8 * DAY);
    await forgetOld(db, clock.now());
    assert.equal((await countSubscribers(db, clock.now())).unconfirmed, 1, 'the link still says that it has expired');
    clock.advance(DAY);
    await forgetOld(db, clock.now());
    assert.equal(await findSubscriberByEmail(db, ANN), undefined);
    await subscribe(db, 'bob@example.org', CATEGORY, consent());
    await pause(db, bob.subscriber.id, 3, clock.now());
    await suppress(db, { email: 'x@example.org', reason: 'operator', detail: '' }, clock.now());
    assert.deepEqual(await countSubscribers(db, clock.now()), { active: 0, unconfirmed: 0, paused: 1, suppressed: 1 });
    await endAll(db, bob.subscriber.id, clock.now());
    clock.advance(90 * DAY);
    await forgetOld(db, clock.now());
    assert.deepEqual(await db.selectFrom('subscriptions').selectAll().execute(), []);
    const cat = await subscribe(db, 'cat@example.org', PLAIN, consent());
    await forget(db, cat.id);
    assert.deepEqual(await db.selectFrom('subscribers').selectAll().execute(), []);
  });
});
