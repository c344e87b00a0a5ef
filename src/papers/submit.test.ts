import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import type { Db } from '#schema.ts';
import { listRequestsOf } from './request-store.ts';
import { explainRefusal } from './submission.ts';
import { findSubmission, listSubmissionsOf } from './submission-store.ts';
import { submit } from './submit.ts';
import type { Submitted, Submitting } from './submit.ts';

const ANN = 'a'.repeat(24);
const BEN = 'b'.repeat(24);

const reader = (id: string) => async () => await Promise.resolve({ id, isModerator: false });
const moderator = async () => await Promise.resolve({ id: ANN, isModerator: true });

async function submitted(db: Db, text: string, more: Partial<Submitting> = {}): Promise<Submitted> {
  const rules = { windowDays: 14, perDay: 3 };
  return await submit(db, { text, by: reader(ANN), anyAge: false, today: '2026-01-06', now: NOW, rules, ...more });
}

function saidOf(result: Submitted): string {
  assert.equal(result.outcome, 'refused');
  const { message, hint } = explainRefusal(result.outcome === 'refused' ? result.refusal : assert.fail());
  return `${message} ${hint}`;
}

onEachDatabase('submitting', (open) => {
  it('puts a paper that is here into today’s edition, behind those that are there', async () => {
    await using database = await open();
    const { db } = database;
    await save(db, makeDraft(1), makeDraft(2));
    assert.deepEqual(await submitted(db, 'https://arxiv.org/pdf/2601.00002v3'), {
      outcome: 'placed',
      id: '2601.00002',
    });
    assert.deepEqual(await submitted(db, 'arXiv:2601.00001', { by: reader(BEN) }), {
      outcome: 'placed',
      id: '2601.00001',
    });
    const first = { paper_id: '2601.00002', day: '2026-01-06', position: 1, submitted_at: NOW, user_id: ANN };
    assert.deepEqual({ ...(await findSubmission(db, '2601.00002')) }, first);
    assert.equal((await findSubmission(db, '2601.00001'))?.position, 2);
    assert.deepEqual(
      (await listSubmissionsOf(db, ANN, { limit: 10 })).map((one) => ({ ...one })),
      [first],
    );
    assert.deepEqual(await listSubmissionsOf(db, ANN, { limit: 10, before: { at: NOW, id: first.paper_id } }), []);
  });

  it('takes a paper once, whoever comes', async () => {
    await using database = await open();
    const { db } = database;
    await save(db, makeDraft(1));
    const all = await Promise.all(
      [ANN, BEN, ANN].map(async (userId) => await submitted(db, '2601.00001', { by: reader(userId) })),
    );
    assert.deepEqual(all.map(({ outcome }) => outcome).toSorted(), ['placed', 'refused', 'refused']);
    assert.match(
      saidOf(await submitted(db, '2601.00001')),
      /2601\.00001 was submitted for the edition of January 6, 2026/,
    );
  });

  it('says why it refuses, and what would be right', async () => {
    await using database = await open();
    const { db } = database;
    await save(db, makeDraft(1, { publishedOn: '2025-12-22' }), makeDraft(2, { publishedOn: '2025-12-23' }));
    assert.match(saidOf(await submitted(db, ' attention  ')), /“attention” is not an arXiv id.*2310\.02541/);
    assert.match(saidOf(await submitted(db, 'doi:10.1/abc')), /doi:10\.1\/abc is not on arXiv/);
    const old = saidOf(await submitted(db, '2601.00001'));
    assert.match(old, /too old: papers can be submitted up to 14 days.*published on December 22, 2025.*moderator/);
    assert.equal((await submitted(db, '2601.00002')).outcome, 'placed', 'on the last day');
    assert.match(saidOf(await submitted(db, '2601.00001', { anyAge: true })), /too old/, 'whatever a reader asks for');
    assert.equal((await submitted(db, '2601.00001', { anyAge: true, by: moderator })).outcome, 'placed');
    // arXiv is not asked for what its number says is too old.
    assert.match(saidOf(await submitted(db, '2511.00001')), /published in November 2025, as its number says/);
    assert.match(saidOf(await submitted(db, 'hep-th/9110025')), /October 1991/);
    assert.equal(
      (await submitted(db, '2512.00009')).outcome,
      'waiting',
      'a paper of the last days of the month may do',
    );
  });

  it('lets one person have a few a day, those that wait included, however fast the forms come', async () => {
    await using database = await open();
    const { db } = database;
    await save(db, makeDraft(1), makeDraft(2));
    const texts = ['2601.00001', '2601.00002', '2601.00011', '2601.00012', '2601.00013'];
    const all = await Promise.all(texts.map(async (text) => await submitted(db, text)));
    assert.equal(all.filter(({ outcome }) => outcome !== 'refused').length, 3);
    assert.match(saidOf(await submitted(db, '2601.00020')), /3 papers a day, and you have/);
    assert.notEqual((await submitted(db, '2601.00020', { by: reader(BEN) })).outcome, 'refused');
    assert.notEqual((await submitted(db, '2601.00021', { by: reader(BEN), today: '2026-01-07' })).outcome, 'refused');
  });

  it('keeps a paper that is not here as a request, once for each person', async () => {
    await using database = await open();
    const { db } = database;
    assert.deepEqual(await submitted(db, '2601.00011'), { outcome: 'waiting', id: '2601.00011' });
    assert.deepEqual(await submitted(db, '2601.00011v2', { now: NOW + 5 }), { outcome: 'waiting', id: '2601.00011' });
    assert.deepEqual(
      (await listRequestsOf(db, ANN)).map(({ paper_id, asked_at, attempts }) => [paper_id, asked_at, attempts]),
      [['2601.00011', NOW, 0]],
    );
    // The morning's listing brings it in before its turn has come: it goes straight to its place.
    await save(db, makeDraft(11));
    assert.deepEqual(await submitted(db, '2601.00011'), { outcome: 'placed', id: '2601.00011' });
    assert.deepEqual(await listRequestsOf(db, ANN), []);
  });
});
