import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { arrayText } from './array-text.ts';
import { selectRows } from './rows.ts';

onEachDatabase('rows that travel in one statement', (open, dialect) => {
  let opened: TestDatabase;
  before(async () => (opened = await open()));
  after(async () => await opened[Symbol.asyncDispose]());

  const COLUMNS = { name: 'text', count: 'bigint' } as const;
  interface Row {
    name: string | null;
    count: number | null;
  }
  const sent = async (rows: Row[]) =>
    (await selectRows<Row>(dialect, COLUMNS, rows).execute(opened.db)).rows.map((row) => ({ ...row }));

  test('arrive in their order, with quotes, braces, line ends and nothing at all', async () => {
    const names = [
      'null',
      'NULL',
      '',
      ' ',
      '{}',
      '{a,b}',
      ',',
      '"',
      '\\',
      '\\n',
      '\\\\n',
      'a\nb\tc\r',
      '\u001f\u007f\u2028',
      '𝔸é',
      '\\u0041',
    ];
    const rows = [...names, null].map((name, count) => ({ name, count }));
    assert.deepEqual(await sent(rows), rows);
    assert.deepEqual(await sent([{ name: 'a', count: null }]), [{ name: 'a', count: null }]);
    assert.deepEqual(await sent([{ name: 'a', count: -1_790_000_000_000 }]), [
      { name: 'a', count: -1_790_000_000_000 },
    ]);
    assert.deepEqual(await sent([]), []);
  });

  test('arrive as they were, whatever they say', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    const escapes = fc.string({ unit: fc.constantFrom('\\', '"', 'n', 'u', '0', '{', '}', ',', '\n', '\b', '\u0001') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, escapes), { maxLength: 40 }), async (names) => {
        const rows = names.map((name, count) => ({ name, count }));
        assert.deepEqual(await sent(rows), rows);
      }),
      { numRuns: 150 },
    );
  });
});

test('half of a character that needs two is no reason to refuse all rows', () => {
  assert.equal(arrayText(['\ud800', 'b']), '{"\ud800","b"}');
});
