import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { hidePaper, unhidePaper } from '#papers/hide.ts';
import { systemClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, NOW, save } from '../../../test/drafts.ts';
import { openSaved, savedFile } from '../saved/saved.ts';
import { createSearch } from '../search.ts';
import { createSuggester } from './suggest.ts';
import type { Suggester } from './suggest.ts';
import { titlesShape } from './suggest-shape.ts';

/** Several steps of reading. */
const PAPERS = 400;
const WORDS = ['Weather', 'Whales', 'Wavelets', 'Graphs', 'Grammars', 'Spin', 'Speech', 'Schrödinger'];
const FAMILIES = ['Lovelace', 'Love', 'Noether', 'Hopper', 'Möbius'];

function draft(number: number, turn = 0) {
  const at = number + 5 * turn;
  const word = (step: number) => WORDS[(at * step) % WORDS.length] as string;
  const author = (step: number) => ({
    family: FAMILIES[(at * step) % FAMILIES.length] as string,
    given: ['Ada', 'A.', 'Emmy'][at % 3] as string,
    suffix: '',
    affiliation: '',
  });
  return makeDraft(number, { title: `${word(1)} and ${word(3)} of case ${at}`, authors: [author(1), author(2)] });
}

const TYPED = [
  'w',
  'we',
  'wea and',
  'gra',
  'case 1',
  'whales of ca',
  'schro',
  'lov',
  'ada love',
  'mob',
  'noe',
  'zz',
  'case 12 sp',
];

async function offers(suggester: Suggester) {
  const found = [];
  for (const text of TYPED) found.push(await suggester.suggest(text, 20));
  return found;
}

onEachDatabase('a saved index of offers', (open) => {
  let opened: TestDatabase;
  let folder = '';
  const lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });

  function suggesterOf(few = 1): Suggester {
    const saved = openSaved({ db: opened.db, folder, log, clock: systemClock, few }, 'offers', titlesShape);
    return createSuggester(opened.db, createSearch(opened.db), saved);
  }
  async function prepared(suggester: Suggester): Promise<Suggester> {
    await suggester.prepare();
    return suggester;
  }
  const fromNothing = async () => await prepared(createSuggester(opened.db, createSearch(opened.db)));

  before(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'broadsheet-saved-'));
    await save(opened.db, ...Array.from({ length: PAPERS }, (_, at) => draft(at + 1)));
  });
  after(async () => {
    await opened[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  test('offers at once what one from nothing offers, also of papers that came, changed and were hidden since', async () => {
    const alive = suggesterOf();
    assert.equal(await alive.save(), false);
    await alive.prepare();
    assert.equal(await alive.save(), true);
    assert.deepEqual(await offers(suggesterOf()), await offers(await fromNothing()));
    await save(opened.db, draft(PAPERS + 1), draft(3, 1), draft(4, 2));
    await opened.db.transaction().execute(async (trx) => {
      for (const number of [7, 8]) await hidePaper(trx, draft(number).id, NOW);
    });
    const read = suggesterOf();
    assert.deepEqual(await offers(read), await offers(await fromNothing()));
    assert.deepEqual(await offers(alive), await offers(read));
    assert.equal(await read.save(), true);
    await opened.db.transaction().execute(async (trx) => void (await unhidePaper(trx, draft(7).id)));
    await save(opened.db, draft(3, 3), draft(PAPERS + 2));
    assert.deepEqual(await offers(suggesterOf()), await offers(await fromNothing()));
    assert.deepEqual(lines, []);
  });

  test('a damaged file is passed over with a line in the log', async () => {
    const file = savedFile(folder, 'offers');
    const bytes = await readFile(file);
    bytes[4000] = (bytes[4000] as number) ^ 1;
    await writeFile(file, bytes);
    const suggester = await prepared(suggesterOf());
    assert.deepEqual(await offers(suggester), await offers(await fromNothing()));
    assert.equal(lines.length, 1);
    assert.match(lines[0] as string, /passed over and made anew/);
    assert.match(lines[0] as string, /checksum/);
    assert.equal(await suggester.save(), true);
  });
});
