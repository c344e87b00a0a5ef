/** Any text comes back as it was, in lines that every server takes, however often it was encoded before. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openQuotedPrinter } from './quoted-printable.ts';

/** RFC 2045 §6.7, read by its letter. */
function decode(encoded: string): string {
  const joined = encoded.replaceAll(/=\r\n/g, '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

const lines = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 400 }),
    fc.constantFrom('.', '..', ' ', '\t', '=', 'x'.repeat(76), 'x'.repeat(77), `${'x'.repeat(75)} `, '€'.repeat(300)),
  ),
  { maxLength: 12 },
);

test('text as quoted-printable', () => {
  const print = openQuotedPrinter();
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (parts, end) => {
      const plain = parts.map((part) => part.replaceAll(/[\r\n]/g, ''));
      const encoded = print(plain.join(end)).toString('latin1');
      assert.equal(decode(encoded), plain.join('\r\n'));
      for (const line of encoded.split('\r\n'))
        assert.match(line, /^(?:[\t -~]{0,75}[!-~])?$/, 'no white space at its end');
      assert.equal(print(plain.join(end)).toString('latin1'), encoded, 'again it is the same');
    }),
  );
});

test('lines are remembered for a while, and what is encoded later changes none of them', () => {
  const print = openQuotedPrinter();
  const paper = 'ü'.repeat(150).concat('a paper that many mails have');
  const first = print(paper).toString();
  for (let number = 0; number < 3_000; number += 1) {
    const mail = print(`${paper}\n${`personal ${number} `.repeat(30)}`).toString();
    if (number % 500 === 0) assert.equal(mail.slice(0, first.length), first);
  }
});
