/** Every format is read back by citation-js, which shares no code with us. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Author, Paper } from '../paper.ts';
import { cite, type CitationFormat } from './cite.ts';

interface CslItem {
  id: string;
  type: string;
  title: string;
  author?: { family?: string; given?: string; suffix?: string; literal?: string; 'non-dropping-particle'?: string }[];
  issued: { 'date-parts': number[][] };
  URL: string;
  DOI?: string;
  [field: string]: unknown;
}

const require = createRequire(import.meta.url);
const { Cite } = require('@citation-js/core') as { Cite: new (text: string, options: object) => { data: CslItem[] } };
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-ris');

function author(family: string, given: string, suffix = ''): Author {
  return { family, given, suffix, affiliation: '' };
}

const plain: Paper = {
  id: '2601.02345',
  title: 'Combinatorial Creativity: A New Frontier in XOR and Q-Learning',
  abstract: 'Line one costs 5\\% of $n^2$.\nLine two.',
  authors: [author('Schapiro', 'Samuel'), author('van der Berg', 'Anna B.', 'Jr.'), author('ATLAS Collaboration', '')],
  authorCount: 3,
  categories: ['cs.AI', 'cs.LG'],
  versions: [],
  publishedOn: '2025-09-26',
  updatedOn: '2025-09-26',
  submitter: null,
  license: null,
  comments: null,
  journalRef: null,
  doi: null,
  codeUrl: null,
  projectUrl: null,
  organization: null,
  withdrawn: false,
  firstSeenAt: 0,
  announcedOn: null,
  announceType: null,
};

async function bodyOf(format: CitationFormat, change: Partial<Paper> = {}): Promise<string> {
  return (await cite({ ...plain, ...change }, format)).body;
}

const readers = { bibtex: '@bibtex/text', ris: '@ris/file', csl: '@else/json' };

async function readBack(format: CitationFormat, change: Partial<Paper> = {}): Promise<CslItem> {
  const { data } = new Cite(await bodyOf(format, change), { generateGraph: false, forceType: readers[format] });
  assert.equal(data.length, 1);
  return data[0] as CslItem;
}

test('BibTeX is as arXiv exports it, with a DOI', async () => {
  assert.equal(
    await bodyOf('bibtex'),
    `@misc{schapiro2025combinatorial,
      title={Combinatorial Creativity: A New Frontier in {XOR} and {Q}-Learning},
      author={Schapiro, Samuel and van der Berg, Jr., Anna B. and {ATLAS Collaboration}},
      year={2025},
      eprint={2601.02345},
      archivePrefix={arXiv},
      primaryClass={cs.AI},
      doi={10.48550/arXiv.2601.02345},
      url={https://arxiv.org/abs/2601.02345},
}
`,
  );
});

test('RIS has one field a line', async () => {
  assert.equal(
    await bodyOf('ris', { doi: '10.1000/x', journalRef: 'J. Foo 3 (2025) 4' }),
    [
      'TY  - UNPB',
      'ID  - schapiro2025combinatorial',
      'TI  - Combinatorial Creativity: A New Frontier in XOR and Q-Learning',
      'AU  - Schapiro, Samuel',
      'AU  - van der Berg, Anna B., Jr.',
      'AU  - ATLAS Collaboration',
      'PY  - 2025',
      'DA  - 2025/09/26/',
      'AB  - Line one costs 5% of n². Line two.',
      'PB  - arXiv',
      'M1  - arXiv:2601.02345',
      'KW  - cs.AI',
      'DO  - 10.1000/x',
      'N1  - Published in J. Foo 3 (2025) 4',
      'UR  - https://arxiv.org/abs/2601.02345',
      'L1  - https://arxiv.org/pdf/2601.02345',
      'ER  - ',
      '',
    ].join('\r\n'),
  );
});

for (const format of ['bibtex', 'ris', 'csl'] as const) {
  test(`${format} is read back as the same paper`, async () => {
    const item = await readBack(format, { doi: '10.1000/x_(y)' });
    assert.equal(item.title.replace(/<[^>]*>/g, ''), plain.title);
    assert.equal(item.URL, 'https://arxiv.org/abs/2601.02345');
    assert.equal(item.DOI, '10.1000/x_(y)');
    assert.equal(item.issued['date-parts'][0]?.[0], 2025);
    const names = item.author?.map((name) =>
      [name.given, name['non-dropping-particle'], name.family, name.suffix, name.literal].filter(Boolean).join(' '),
    );
    assert.deepEqual(names, ['Samuel Schapiro', 'Anna B. van der Berg Jr.', 'ATLAS Collaboration']);
  });

  test(`${format} is valid where only the number of authors is known`, async () => {
    const item = await readBack(format, { authors: [], authorCount: 12 });
    assert.equal(item.title.replace(/<[^>]*>/g, ''), plain.title);
    assert.equal(item.author?.length ?? 0, 0);
  });

  test(`${format}: no input breaks out of its field`, async () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          ...[
            '{',
            '}',
            '\\',
            '"',
            ',',
            '@misc{x,',
            '},',
            '\n',
            '\r\n',
            'ER  - ',
            'TY  - JOUR',
            '\nER  - \r\nTY  - BOOK',
            '%',
            '$',
            '$x$',
          ],
          ...[
            ' and ',
            '\\input{/etc/passwd}',
            '$\\input{x}$',
            '\\write18{x}',
            '$\\{$',
            '\u2028',
            '\u202E',
            '\uD800',
            'é',
            '中',
            'a b',
            '#',
            '~',
          ],
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (title, name) => {
        const authors = [author(`A${name}`, `B${name}`), author('Doe', 'Jane')];
        const change = {
          title: `T ${title}`,
          authors,
          authorCount: 2,
          abstract: title,
          journalRef: name,
          doi: `10.1/x${title}`,
        };
        const item = await readBack(format, change);
        assert.equal(item.author?.length, 2);
        assert.equal(item.author?.[1]?.family, 'Doe');
        assert.equal(item.URL, 'https://arxiv.org/abs/2601.02345');
        const body = await bodyOf(format, change);
        // `\\\\` ends a line; a word after it is text.
        if (format === 'bibtex') assert.doesNotMatch(body.replaceAll('\\\\', ''), /\\(?:input|write)/);
        if (format === 'ris') assert.equal(body.match(/^(?:TY|ER) {2}-/gm)?.length, 2);
      }),
      { numRuns: 300, seed: 20260106 }, // the same inputs everywhere; without the seed it explores
    );
  });
}

test('TeX of a title survives in BibTeX and is plain elsewhere', async () => {
  const title = "Poincar\\'e and $\\alpha$-stable \\textbf{ReLU} at 5\\% of {C\\#} in R\\&D_x";
  const bibtex = await bodyOf('bibtex', { title });
  assert.match(
    bibtex,
    /title=\{Poincaré and \{\$\\alpha\$\}-stable \\textbf\{\{ReLU\}\} at 5\\% of \{C\}\\# in \{R\}\\&\{D\}\\_x\},/,
  );
  assert.equal((await readBack('ris', { title })).title, 'Poincaré and α-stable ReLU at 5% of C# in R&D_x');
  assert.equal((await readBack('csl', { title })).title, 'Poincaré and α-stable ReLU at 5% of C# in R&D_x');
});

for (const format of ['bibtex', 'ris', 'csl'] as const) {
  test(`${format}: without a journal, the DOI is that of arXiv`, async () => {
    assert.equal((await readBack(format)).DOI, '10.48550/arXiv.2601.02345');
    assert.equal((await readBack(format, { id: 'openreview:abc' })).DOI, undefined);
  });
}

test('a list of authors that goes on says so', async () => {
  assert.match(await bodyOf('bibtex', { authorCount: 400 }), /\{ATLAS Collaboration\} and others\},/);
});

test('journal and DOI are given where known', async () => {
  const bibtex = await bodyOf('bibtex', { doi: '10.1000/x', journalRef: 'J. R&D 3_4' });
  assert.match(bibtex, /doi=\{10\.1000\/x\},\n {6}note=\{Published in J\. R\\&D 3\\_4\},/);
});

test('keys are plain letters, whatever the name', async () => {
  const keys: [Author[], string, string][] = [
    [[author('Ørsted', 'H.')], 'On the Theory', 'orsted2025theory'],
    [[author('Müller-Straße', 'Ä.')], '$k$-Means', 'mullerstrasse2025k'],
    [[author('Əliyev', 'V.')], 'Eﬃcient Nets', 'aliyev2025efficient'],
    [[author('王', '伟')], 'Deep Nets', 'arxiv2601023452025deep'],
    [[], 'The', 'arxiv2601023452025the'],
  ];
  for (const [authors, title, key] of keys) {
    assert.ok((await bodyOf('bibtex', { authors, title })).startsWith(`@misc{${key},`), key);
  }
});

test('old and foreign ids give the right address and a safe file name', async () => {
  const old = await cite({ ...plain, id: 'hep-th/9110025' }, 'csl');
  assert.equal(old.fileName, 'hep-th-9110025.csl.json');
  assert.match(old.body, /"URL": "https:\/\/arxiv\.org\/abs\/hep-th\/9110025"/);
  const other = await cite({ ...plain, id: 'doi:10.1000/x"y' }, 'bibtex');
  assert.equal(other.fileName, 'doi-10.1000-x-y.bib');
  assert.match(other.body, /doi=\{10\.1000\/xy\},\n {6}url=\{https:\/\/doi\.org\/10\.1000\/xy\},/);
  assert.doesNotMatch(other.body, /eprint|arXiv/);
});
