/** Real answers of arXiv, as far as they lie beside this checkout. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fullName } from '#papers/paper.ts';
import { sharedPath, withoutShared } from '../../../test/shared-fixtures.ts';
import { readEntry } from './api.ts';
import { decodeXml } from './body.ts';
import { readRecord } from './oai-record.ts';
import { child, readXml, textOf } from './xml.ts';

const API = 'fixtures/arxiv-api';
const OAI = 'fixtures/oai-pmh';

const readText = (path: string) => decodeXml(readFileSync(sharedPath(path)), 'text/xml');
const apiEntries = async (file: string) => await readXml(readText(`${API}/${file}`), ['entry'], readEntry);
const oaiRecords = async (file: string) => await readXml(readText(`${OAI}/${file}`), ['record'], readRecord);
const MOJIBAKE = /[ÃÎÏ][\u0080-\u00bf]/;

describe('real answers of the query API', { skip: withoutShared(API) }, () => {
  it('are all read, without a bad entry or a doubled letter', async () => {
    let entries = 0;
    for (const file of readdirSync(sharedPath(API))) {
      const { items, bad, frame } = await apiEntries(file);
      assert.deepEqual(bad, [], file);
      const total = Number(textOf(child(frame, 'totalResults')));
      if (total < 10) assert.equal(items.length, total, file);
      for (const item of items) {
        if ('error' in item) continue;
        entries += 1;
        assert.ok(
          item.draft.title && item.draft.abstract && item.draft.authors.length > 0 && item.draft.categories.length > 0,
          file,
        );
        assert.doesNotMatch(JSON.stringify(item.draft), MOJIBAKE, file);
      }
    }
    assert.ok(entries > 150, `${entries} entries`);
  });

  it('give names in their right letters', async () => {
    const { items } = await apiEntries('id_1707.08567_s0_m100_6a1afebfc6a3.xml');
    const [item] = items;
    assert.ok(item && 'draft' in item);
    const names = item.draft.authors.map(fullName);
    assert.equal(names.length, 34);
    assert.ok(names.includes('Dirk Wübben'));
    assert.deepEqual(
      item.draft.authors.find(({ given }) => given === 'Joost'),
      { family: 'van der Putten', given: 'Joost', suffix: '', affiliation: '' },
    );
    assert.equal(item.draft.comments, '44 pages, editors for the proceedings: Yanling Chen and A. J. Han Vinck');
  });

  it('tell an unknown id from a wrong one', async () => {
    assert.deepEqual((await apiEntries('id_0000.0000_s0_m100_8b51d9633a68.xml')).items, []);
    assert.deepEqual((await apiEntries('id_abc_s0_m100_b79c8dcf6bc3.xml')).items, [
      { error: 'incorrect id format for abc' },
    ]);
  });
});

describe('real OAI-PMH answers', { skip: withoutShared(OAI) }, () => {
  const files = (): string[] => readdirSync(sharedPath(OAI)).filter((file) => file.startsWith('hepcrawl'));

  it('in the prefix arXiv are all read', async () => {
    for (const file of files()) {
      const text = readText(`${OAI}/${file}`);
      const { items, bad } = await oaiRecords(file);
      assert.deepEqual(bad, [], file);
      assert.equal(items.length, text.match(/<record>/g)?.length, file);
      for (const { draft } of items) {
        assert.ok(draft.title && draft.abstract && draft.authors.length > 0 && draft.categories.length > 0, file);
        assert.doesNotMatch(draft.abstract, /^\s|\s$|  /, file);
      }
    }
  });

  it('carry affiliations, days and DOIs', async () => {
    const { items } = await oaiRecords('hepcrawl_sample_arxiv_record5.xml');
    const [record] = items;
    assert.deepEqual(record?.draft.authors[0], {
      family: 'Burigana',
      given: 'Günter',
      suffix: '',
      affiliation: 'on behalf of Planck Collaboration',
    });
    assert.equal(record?.draft.authors.length, 5);
    assert.deepEqual([record?.draft.publishedOn, record?.datestamp], ['2016-04-19', '2016-04-20']);
  });

  it('in another prefix are refused record by record', async () => {
    const { items, bad } = await oaiRecords('scrapi_2015_oai_dc_listrecords_0.xml');
    assert.equal(items.length, 0);
    assert.ok(bad.length > 800);
    assert.match(bad[0]?.reason ?? '', /neither arXiv nor arXivRaw/);
  });
});
