import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { createGunzip } from 'node:zlib';
import { authorSlug } from '#papers/authors.ts';
import { isPaperId } from '#papers/ids.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { fullName } from '#papers/paper.ts';
import { sharedPath, withoutShared } from '../../../test/shared-fixtures.ts';
import { latestDay } from '../possible-days.ts';
import { readRecord } from './record.ts';

const FILE = 'data/arxiv-cs-100k.jsonl.gz';
const LINES = 5_000;

async function drafts(): Promise<PaperDraft[]> {
  const source = createReadStream(sharedPath(FILE));
  const found: PaperDraft[] = [];
  for await (const line of createInterface({ input: source.pipe(createGunzip()) })) {
    const read = readRecord(line, latestDay(Date.now()));
    if (typeof read === 'string') assert.fail(`${read}: ${line.slice(0, 200)}`);
    if (found.push(read) >= LINES) break;
  }
  source.destroy();
  return found;
}

it('every record of a real file makes sense', { skip: withoutShared(FILE) }, async () => {
  const papers = await drafts();
  assert.equal(papers.length, LINES);
  for (const paper of papers) {
    assert.ok(isPaperId(paper.id));
    assert.ok(paper.authors.length > 0 && paper.categories.length > 0 && paper.abstract.length > 0, paper.id);
    assert.ok((paper.announcedOn ?? '') > paper.publishedOn, paper.id);
    for (const author of paper.authors) {
      assert.doesNotMatch(fullName(author), /[\\{}$;]|^[\s,.]|[\s,]$| {2}|\bet al\b/, paper.id);
      assert.notEqual(authorSlug(author), '');
    }
  }
  // Of these papers one in nine names its code; an abstract that says so without an address is no miss.
  const withCode = papers.filter((paper) => paper.codeUrl !== null).length;
  assert.ok(withCode > LINES / 12 && withCode < LINES / 6, `${withCode} with code`);
});
