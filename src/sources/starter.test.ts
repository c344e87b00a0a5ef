import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPaper } from '#papers/store.ts';
import { manualClock } from '#platform/clock.ts';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { printStarter } from './starter.ts';

onEachDatabase('the starter edition', (open) => {
  test('is printed once into an empty installation', async () => {
    await using opened = await open();
    const context = { db: opened.db, clock: manualClock(NOW) };
    assert.equal(await printStarter(context), 57);
    assert.equal(await printStarter(context), 0);
    const placed = await opened.db.selectFrom('submissions').selectAll().orderBy('position').execute();
    assert.equal(placed.length, 57);
    assert.equal(placed[0]?.paper_id, '2310.02541');
    assert.ok(placed.every((one) => one.day === '2026-01-06'));
    const paper = await findPaper(opened.db, '2509.21043');
    assert.deepEqual(paper?.organization, { slug: 'spiralworks', name: 'Spiral Works' });
    assert.equal(paper?.announcedOn, null, 'an old paper does not make an edition of its own day');
  });

  test('two servers that start at once print it once', async () => {
    await using opened = await open();
    const context = { db: opened.db, clock: manualClock(NOW) };
    const printed = await Promise.all([printStarter(context), printStarter(context)]);
    assert.deepEqual(
      printed.toSorted((a, b) => a - b),
      [0, 57],
    );
  });

  test('is left out where there are papers already', async () => {
    await using opened = await open();
    await save(opened.db, makeDraft(1));
    assert.equal(await printStarter({ db: opened.db, clock: manualClock(NOW) }), 0);
  });
});
