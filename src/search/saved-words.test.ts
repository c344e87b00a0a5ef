import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hidePaper, unhidePaper } from '#papers/hide.ts';
import { systemClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { indexDue } from './index-due.ts';
import { indexesShape } from './indexes-shape.ts';
import { parseQuery } from './query/parse.ts';
import { openSaved, savedFile } from './saved/saved.ts';
import { writeFile as writeIndex, openFile } from './saved/file.ts';
import { createSearch } from './search.ts';
import type { Search } from './search.ts';
import { findSimilar } from './similar.ts';

/** So many that most stand in the postings, and those that come last wait for their place there. */
const PAPERS = 1500;
const LATER = 60;

const SUBJECTS = ['graph', 'language', 'diffusion', 'protein', 'robot', 'quantum', 'market', 'galaxy', 'speech'];
const THINGS = ['networks', 'models', 'policies', 'transformers', 'kernels', 'codes', 'fields'];
const NAMES = ['Ada', 'Grace', 'Emmy', 'Sofia'];

function one<Thing>(list: readonly Thing[], number: number): Thing {
  return list[number % list.length] as Thing;
}

/** Words of a text of its own length; no two papers are as good an answer as each other. */
function filler(seed: number): string {
  let state = seed * 2_654_435_761;
  const next = (most: number) => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393;
    return (state >>> 8) % most;
  };
  return Array.from({ length: 5 + next(60) }, () => `word${next(300)}`).join(' ');
}

/** A paper of words that others have, too. `turn` gives it others. */
function draft(number: number, turn = 0) {
  const at = number + 17 * turn;
  const words = `${one(SUBJECTS, at)} ${one(THINGS, at * 3 + 1)} for ${one(SUBJECTS, at * 5 + 2)}`;
  return makeDraft(number, {
    title: `${words} ${number % 97}`,
    abstract: `We study ${one(THINGS, at * 11)} and ${one(SUBJECTS, at * 13)} with ${words}. ${filler(at)}.`,
    authors: [{ family: `Family${at % 53}`, given: one(NAMES, at), suffix: '', affiliation: '' }],
    categories: [one(['cs.LG', 'cs.CL', 'q-bio.BM'], at), ...(at % 4 === 0 ? ['stat.ML'] : [])],
    publishedOn: `20${String(10 + (at % 15))}-0${1 + (at % 9)}-11`,
  });
}

const QUESTIONS = [
  'graph networks',
  'protein language models for robot policies',
  'the and of with',
  '"language models"',
  '"diffusion networks" graph',
  'quantum -codes',
  'galaxy category:cs.CL',
  'category:q-bio after:2015 before:2020',
  'author:"Ada Family3"',
  'speech year:2014 -"kernels"',
  'nowhere',
  'market sort:new',
];

type Answer = { papers: { seq: number; score: number }[] };

async function answers(search: Search): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const text of QUESTIONS) found.push(await search.find({ query: parseQuery(text), limit: 200 }));
  for (const at of [1, 44, 1499, PAPERS + 5]) found.push(await findSimilar(search, { ids: [draft(at).id], limit: 50 }));
  return found;
}

/** Papers that wait for their place in the postings are weighed with more digits than others: near ties may change places. */
const DIGITS = 1e-5;

/** The same papers with the same scores, but for the last digits; all else to the letter. */
function assertAlike(these: Answer[], those: Answer[]): void {
  assert.equal(these.length, those.length);
  for (const [at, { papers: a, ...restOfA }] of these.entries()) {
    const { papers: b, ...restOfB } = those[at] as Answer;
    assert.deepEqual(restOfA, restOfB);
    assert.equal(a.length, b.length);
    const scores = new Map(b.map(({ seq, score }) => [seq, score]));
    const last = b.at(-1)?.score ?? 0;
    for (const [place, { seq, score }] of a.entries()) {
      assert.ok(Math.abs(score - (b[place]?.score ?? 0)) < DIGITS, `place ${place}`);
      assert.ok(Math.abs(score - (scores.get(seq) ?? last)) < DIGITS, `paper ${seq}`);
    }
  }
}

onEachDatabase('a saved index of words', (open) => {
  let opened: TestDatabase;
  let folder = '';
  let lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });

  function searchOf(db: Db, few = 1): Search {
    return createSearch(
      db,
      undefined,
      undefined,
      openSaved({ db, folder, log, clock: systemClock, few }, 'words', indexesShape),
    );
  }
  const file = () => savedFile(folder, 'words');

  async function built(search: Search): Promise<Search> {
    await search.state();
    return search;
  }
  const add = async (...drafts: ReturnType<typeof draft>[]) => {
    await save(opened.db, ...drafts);
    await indexDue(opened.db);
  };
  /** Whether a new search reads the file; if not, the log says so in one line. Its answers are right in either case. */
  async function assertPassedOver(reason: RegExp): Promise<void> {
    lines = [];
    const search = searchOf(opened.db);
    assertAlike(await answers(search), await answers(createSearch(opened.db)));
    assert.equal(lines.length, 1);
    assert.match(lines[0] as string, reason);
    assert.match(lines[0] as string, /passed over and made anew/);
  }

  before(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'broadsheet-saved-'));
    await add(...Array.from({ length: PAPERS }, (_, at) => draft(at + 1)));
  });
  after(async () => {
    await opened[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('answers as the one that was saved and as one from nothing, also after later papers', async () => {
    const first = await built(searchOf(opened.db));
    await add(...Array.from({ length: LATER }, (_, at) => draft(PAPERS + at + 1)));
    await first.state();
    assert.equal(await first.save(), true);
    const read = searchOf(opened.db);
    assert.deepEqual(await answers(read), await answers(first));
    assertAlike(await answers(read), await answers(createSearch(opened.db)));
    await add(...Array.from({ length: LATER }, (_, at) => draft(PAPERS + LATER + at + 1)));
    assert.deepEqual(await answers(read), await answers(first));
    assertAlike(await answers(searchOf(opened.db)), await answers(createSearch(opened.db)));
    assert.deepEqual(lines, []);
  });

  test('follows papers that were changed, hidden and shown again before and after it was saved', async () => {
    const alive = await built(searchOf(opened.db));
    const hide = async (...numbers: number[]) => {
      for (const number of numbers)
        await opened.db.transaction().execute(async (trx) => await hidePaper(trx, draft(number).id, NOW));
      await indexDue(opened.db);
    };
    const unhide = async (number: number) => {
      await opened.db.transaction().execute(async (trx) => await unhidePaper(trx, draft(number).id));
      await indexDue(opened.db);
    };
    await add(...[3, 44, 500].map((number) => draft(number, 1)));
    await hide(10, 11, 12);
    await alive.state();
    assert.equal(await alive.save(), true);
    await unhide(11);
    await hide(13, 44);
    await add(...[4, 44, 500].map((number) => draft(number, 2)));
    const read = searchOf(opened.db);
    assert.deepEqual(await answers(read), await answers(alive));
    await add(draft(5, 3), draft(PAPERS + 500));
    assert.deepEqual(await answers(read), await answers(alive));
    await unhide(44);
    assert.deepEqual(await answers(read), await answers(alive));
    // One from nothing counts words of replaced papers no more, which scores feel a little; what is found is the same.
    const fresh = createSearch(opened.db);
    for (const text of QUESTIONS) {
      const question = { query: parseQuery(text), limit: 10_000 };
      const [a, b] = [await read.find(question), await fresh.find(question)];
      const seqs = ({ papers }: typeof a) => papers.map(({ seq }) => seq).toSorted((left, right) => left - right);
      assert.deepEqual([seqs(a), a.total, a.facets, a.exact], [seqs(b), b.total, b.facets, b.exact], text);
    }
    assert.deepEqual(lines, []);
  });

  test('is written when enough is new, and by nobody who has not read it', async () => {
    assert.equal(await searchOf(opened.db).save(), false);
    const search = await built(searchOf(opened.db, 40));
    await search.save();
    const { mtimeMs } = await stat(file());
    await add(draft(PAPERS + 600));
    await search.state();
    assert.equal(await search.save(), false);
    assert.equal((await stat(file())).mtimeMs, mtimeMs);
    await add(...Array.from({ length: 40 }, (_, at) => draft(PAPERS + 601 + at)));
    await search.state();
    assert.equal(await search.save(), true);
    assert.equal(await (await built(searchOf(opened.db, 40))).save(), false);
    assert.equal(await (await built(searchOf(opened.db, 100_000))).save(), false);
  });

  test('a file that is damaged, of another program, or of another or a later database is passed over and written anew', async () => {
    const search = await built(searchOf(opened.db));
    await search.save();
    const good = join(folder, 'good');
    await copyFile(file(), good);
    const bytes = await readFile(good);

    await writeFile(file(), bytes.subarray(0, bytes.length / 2));
    await assertPassedOver(/cut off/);
    const flipped = Buffer.from(bytes);
    flipped[50_000] = (flipped[50_000] as number) ^ 1;
    await writeFile(file(), flipped);
    await assertPassedOver(/checksum/);

    await using whole = await openFile(good);
    assert.ok(whole);
    const { about } = whole.directory;
    const { indexes } = await search.state();
    const taken = { facts: indexesShape.facts(indexes), arrays: () => indexesShape.arrays(indexes) };
    const always = { isStill: () => true, beforeRename: async () => await Promise.resolve() };
    await writeIndex(file(), { ...about, program: 'older' }, taken, always);
    await assertPassedOver(/another version of the program/);
    await writeIndex(file(), { ...about, token: 'of a copy that went on by itself' }, taken, always);
    await assertPassedOver(/not of this database, or of a later state/);
    await writeIndex(file(), { ...about, changeNo: about.changeNo + 1 }, taken, always);
    await assertPassedOver(/not of this database, or of a later state/);
    await writeIndex(file(), { ...about, isWorn: true }, taken, always);
    await assertPassedOver(/many of its papers have changed/);
    await rm(file());
    await mkdir(file());
    await assertPassedOver(/EISDIR|directory/);
    await rm(file(), { recursive: true });

    lines = [];
    const anew = await built(searchOf(opened.db));
    assert.equal(await anew.save(), true);
    assert.deepEqual(await answers(searchOf(opened.db)), await answers(anew));
    assert.deepEqual(lines, []);
  });

  test('two servers that save at once leave a file that either can read', async () => {
    await rm(file(), { force: true });
    const servers = [await built(searchOf(opened.db)), await built(searchOf(opened.db))];
    assert.deepEqual(await Promise.all(servers.map(async (server) => await server.save())), [true, true]);
    lines = [];
    assert.deepEqual(await answers(searchOf(opened.db)), await answers(servers[0] as Search));
    assert.deepEqual(lines, []);
  });

  test('papers that come while it is saved make it wait for the next time', async () => {
    await rm(file(), { force: true });
    const search = await built(searchOf(opened.db));
    const saving = search.save();
    await add(draft(PAPERS + 700));
    const meanwhile = search.state();
    const wasSaved = await saving;
    await meanwhile;
    if (!wasSaved) await assert.rejects(stat(file()), { code: 'ENOENT' });
    await search.save();
    assert.deepEqual(await answers(searchOf(opened.db)), await answers(search));
  });

  test('where it cannot be written, that is said and the search goes on', async () => {
    await rm(file(), { force: true });
    await mkdir(join(file(), 'full'), { recursive: true });
    const search = await built(searchOf(opened.db));
    await assert.rejects(search.save(), { name: 'AppError', message: /search-words\.index cannot be written: E/ });
    assert.deepEqual(await answers(search), await answers(createSearch(opened.db)));
    await rm(file(), { recursive: true });
  });
});
