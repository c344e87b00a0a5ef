import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { authorSlug, parseAuthorName, parseAuthorNames, parseAuthors } from './authors.ts';
import { fullName } from './paper.ts';

/** `given|family|suffix (affiliation)`, without what is empty. */
function parts(text: string): string[] {
  return parseAuthors(text).authors.map(({ given, family, suffix, affiliation }) => {
    const name = `${given}|${family}${suffix && `|${suffix}`}`;
    return affiliation === '' ? name : `${name} (${affiliation})`;
  });
}

const lists: Record<string, [string, string[]][]> = {
  separators: [
    ['Ileana Streinu and Louis Theran', ['Ileana|Streinu', 'Louis|Theran']],
    ['A. Abe, B. Bee, and C. Cee', ['A.|Abe', 'B.|Bee', 'C.|Cee']],
    ['Antonio de Sousa; Allan Kardec', ['Antonio|de Sousa', 'Allan|Kardec']],
    ['Smith, John; Doe, Jane A.; García Márquez, Gabriel', ['John|Smith', 'Jane A.|Doe', 'Gabriel|García Márquez']],
    ['Smith, J., Doe, K. R.', ['J.|Smith', 'K. R.|Doe']],
    ['John Smith,\n  Anders And, Andy Sand', ['John|Smith', 'Anders|And', 'Andy|Sand']],
    ['Oliver Tse,, ', ['Oliver|Tse']],
  ],
  affiliations: [
    ['Bob Bee (MIT, CERN), Alice Lee (ETH and EPFL)', ['Bob|Bee (MIT, CERN)', 'Alice|Lee (ETH and EPFL)']],
    ['K. Schratz (LJLL (UMR\\_7598), SU), E. Faou', ['K.|Schratz (LJLL (UMR_7598), SU)', 'E.|Faou']],
    [
      'A. Abe (1), B. Bee (1 and 2), C. Cee (2,3) ((1) MIT, (2) CERN (Geneva), (3) ETH)',
      ['A.|Abe (MIT)', 'B.|Bee (MIT, CERN (Geneva))', 'C.|Cee (CERN (Geneva), ETH)'],
    ],
    ['A. Abe (1), B. Bee (2), (1) MIT, (2) CERN', ['A.|Abe (MIT)', 'B.|Bee (CERN)']],
    ['A. Abe (1), B. Bee (2)', ['A.|Abe', 'B.|Bee']],
    ['A. Abe$^{1,2}$, B. Bee$^*$', ['A.|Abe', 'B.|Bee']],
    ['A. Abe (MIT, B. Bee, C. Cee', ['A. Abe|MIT', 'B.|Bee', 'C.|Cee']],
  ],
  'TeX accents': [
    ['Paulo Andr\\\'e, Erwin Schr\\"odinger', ['Paulo|André', 'Erwin|Schrödinger']],
    [
      '{\\L}ukasz Kaiser, \\v{S}imon B\\o rge, Fran\\c{c}ois Gro\\ss',
      ['Łukasz|Kaiser', 'Šimon|Børge', 'François|Groß'],
    ],
    ['J.~R.~R. Tolkien', ['J. R. R.|Tolkien']],
    ['\\\\Ajinkya Mulik, S. Aakur\\\\', ['Ajinkya|Mulik', 'S.|Aakur']],
  ],
  suffixes: [
    [
      'Antonio Laverghetta Jr., Robert Heath Jr, Jan Hajič jr.',
      ['Antonio|Laverghetta|Jr.', 'Robert|Heath|Jr.', 'Jan|Hajič|Jr.'],
    ],
    ['Kenneth M. Merz, Jr., Fred Prior', ['Kenneth M.|Merz|Jr.', 'Fred|Prior']],
    ['Kenneth M. Merz, Jr. (MIT), Fred Prior', ['Kenneth M.|Merz|Jr. (MIT)', 'Fred|Prior']],
    ['Donald Johann Jr. and Fred Prior', ['Donald|Johann|Jr.', 'Fred|Prior']],
    ['Hal Daumé III, Kavin R V, Pascal Jr Tikeng', ['Hal|Daumé|III', 'Kavin R|V', 'Pascal Jr|Tikeng']],
    ['Smith, John, Jr.; Doe, Jane', ['John|Smith|Jr.', 'Jane|Doe']],
  ],
  particles: [
    ['Ludwig van Beethoven, Lonneke van der Plas', ['Ludwig|van Beethoven', 'Lonneke|van der Plas']],
    [
      'Oscar de la Renta, Niccolò Dal Santo, Nicola De Cao',
      ['Oscar|de la Renta', 'Niccolò|Dal Santo', 'Nicola|De Cao'],
    ],
    ['Ali bin Abi, Omar al-Bashir, El Mahdi Chayti', ['Ali|bin Abi', 'Omar|al-Bashir', 'El Mahdi|Chayti']],
    ['Santiago Ramón y Cajal, Ramón y Cajal', ['Santiago|Ramón y Cajal', '|Ramón y Cajal']],
    ['Di Wang, Van Nguyen, van Gogh', ['Di|Wang', 'Van|Nguyen', '|van Gogh']],
  ],
  collaborations: [
    ['The ATLAS Collaboration: G. Aad, B. Abbott', ['|The ATLAS Collaboration', 'G.|Aad', 'B.|Abbott']],
    ['J. Doe for the CMS Collaboration', ['J.|Doe', '|CMS Collaboration']],
    ['J. Doe, on behalf of the H1 and ZEUS Collaborations', ['J.|Doe', '|H1 and ZEUS Collaborations']],
    ['Xiaomi LLM-Core Team, J. Doe', ['|Xiaomi LLM-Core Team', 'J.|Doe']],
  ],
  'names without parts': [
    ['Plato, 张伟, 김 철수', ['|Plato', '|张伟', '|김 철수']],
    ['', []],
    [': , --, ()', []],
  ],
};

describe('parseAuthors', () => {
  for (const [what, examples] of Object.entries(lists)) {
    describe(what, () => {
      for (const [text, expected] of examples) it(JSON.stringify(text), () => assert.deepEqual(parts(text), expected));
    });
  }

  it('counts those who are not named', () => {
    assert.equal(parseAuthors('A. Abe, B. Bee, et al.').authorCount, 3);
    assert.equal(parseAuthors('A. Abe et al. (123 additional authors not shown)').authorCount, 124);
    assert.equal(parseAuthors('A. Abe, B. Bee and 2887 others').authorCount, 2889);
    assert.deepEqual(parts('A. Abe et al.'), ['A.|Abe']);
    assert.equal(parseAuthors('A. Abe, B. Bee').authorCount, undefined);
  });

  it('keeps every name of a plain list, in order', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{2,8} [A-Z]\. [A-Z][a-z]{4,9}$/);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(', ', '; ', ' and ', ',\n  '),
        (names, separator) => {
          assert.deepEqual(parseAuthors(names.join(separator)).authors.map(fullName), names);
        },
      ),
    );
  });

  it('takes no longer for hostile input than for its length', () => {
    const started = performance.now();
    for (const piece of [
      '(',
      ')',
      ', ',
      ' and ',
      ' for the ',
      '\\',
      '{',
      ' , and ',
      '((1) ',
      ' et al',
      'a-',
      '\u0301',
      '1 and ',
      '$^',
    ]) {
      parseAuthors(piece.repeat(100_000 / piece.length));
      parseAuthorName(`${piece.repeat(100_000 / piece.length)}x`);
    }
    // Takes 0.2 s; anything quadratic takes minutes.
    assert.ok(performance.now() - started < 20_000);
  });

  it('never throws, and names always have a letter or a digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab C,;:()\\{}$^~1.Jr &\'"é张') }), (text) => {
        for (const author of parseAuthors(text).authors) assert.match(author.family, /[\p{L}\p{N}]/u);
      }),
    );
  });
});

describe('parseAuthorNames', () => {
  it('mends lists that were parted at every comma', () => {
    const { authors } = parseAuthorNames(['Erwan Faou (IRMAR', 'Inria', 'MINGUS)', 'Kenneth M. Merz,', 'Jr.']);
    assert.deepEqual(authors.map(fullName), ['Erwan Faou', 'Kenneth M. Merz Jr.']);
    assert.equal(authors[0]?.affiliation, 'IRMAR, Inria, MINGUS');
  });

  it('takes "others" for people who are not named', () => {
    assert.equal(parseAuthorNames(['A. Abe', 'others']).authorCount, 2);
  });
});

describe('authorSlug', () => {
  it('does not depend on how the name was split', () => {
    const split = { family: 'van der Plas', given: 'Lonneke', suffix: '', affiliation: '' };
    assert.equal(authorSlug(split), authorSlug(parseAuthorName('Lonneke van der Plas')));
    assert.equal(authorSlug(split), authorSlug({ ...split, family: 'Plas', given: 'Lonneke van der' }));
  });

  it('is the same for a collaboration with and without its article', () => {
    assert.equal(
      authorSlug(parseAuthorName('The ATLAS Collaboration')),
      authorSlug(parseAuthorName('ATLAS collaboration')),
    );
  });

  it('is never empty, and different names without letters stay different', () => {
    const slug = (family: string) => authorSlug({ family, given: '', suffix: '', affiliation: '' });
    assert.match(slug('???'), /^author-/);
    assert.notEqual(slug('???'), slug('!!!'));
    fc.assert(fc.property(fc.string({ unit: codePoint, minLength: 1 }), (family) => assert.notEqual(slug(family), '')));
  });
});
