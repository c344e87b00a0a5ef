/** Reports as they are kept, on both databases. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { addPeople } from '../../../test/add-people.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { makeDraft, NOW, save } from '../../../test/drafts.ts';
import { ownDiscussionData } from '../own-data.ts';
import { dismiss, OPERATOR } from './moderate.ts';
import { listReportsBy } from './own-reports.ts';
import { report } from './report.ts';
import { settleReports } from './store.ts';

const { id } = makeDraft(1);
const TARGET = { kind: 'paper', id } as const;

onEachDatabase('reports of one person on one thing', (open) => {
  const fill = async () => {
    const opened = await open();
    await save(opened.db, makeDraft(1));
    await addPeople(opened.db, ['ann']);
    const say = async (reason: string, now: number) =>
      await report(opened.db, { ...TARGET, userId: 'ann', reason, now });
    const reasons = async () => (await listReportsBy(opened.db, 'ann', 10)).map(({ reason }) => reason);
    return { ...opened, say, reasons };
  };

  test('are new after each decision, however soon, and even if the clock was set back', async () => {
    const { db, say, reasons, ...opened } = await fill();
    await using _ = opened;
    assert.equal(await say('First', NOW), 'new');
    assert.equal(await say('First, said better', NOW + 1), 'changed');
    await dismiss(db, TARGET, { by: OPERATOR, reason: 'Fine', now: NOW });
    assert.equal(await say('Second', NOW), 'new');
    await dismiss(db, TARGET, { by: OPERATOR, reason: 'Fine still', now: NOW + 1 });
    assert.equal(await say('Third', NOW - 1000), 'new');
    assert.deepEqual(await reasons(), ['Third', 'Second', 'First, said better']);
    const { reports } = (await ownDiscussionData(db, 'ann')) as { reports: { reason: string; decision: string }[] };
    assert.deepEqual(
      reports.map(({ reason, decision }) => [reason, decision]),
      [
        ['First, said better', 'dismiss'],
        ['Second', 'dismiss'],
        ['Third', null],
      ],
      'what is taken along says what was decided',
    );
  });

  test('are new as well where the decision comes while one is written', async () => {
    const { db, say, reasons, ...opened } = await fill();
    await using _ = opened;
    await say('First', NOW);
    let saying: Promise<string> | undefined;
    await db.transaction().execute(async (trx) => {
      await settleReports(trx, TARGET, NOW + 1, 1);
      saying = say('Second', NOW + 2);
      await setTimeout(300);
    });
    assert.equal(await saying, 'new');
    assert.deepEqual(await reasons(), ['Second', 'First']);
  });
});
