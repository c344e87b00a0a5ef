import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { parseEmail } from './user.ts';

/** What better-auth asks of an address before it makes a link. */
const taken = z.email();

describe('a mail address', () => {
  it('is read in lower case, without spaces around', () => {
    const RIGHT = ['ann@example.org', "o'hara@example.ie", 'a.b+tag@mail.example.org', 'a_b-c@x-y.example', '7@e.co'];
    for (const email of RIGHT) assert.equal(parseEmail(` ${email.toUpperCase()}\n`), email);
  });

  it('is refused where no link could be made for it', () => {
    const WRONG = [
      ...['', 'ann', '@example.org', 'ann@', 'ann@example', 'ann@@example.org', 'a b@example.org', '"a"@example.org'],
      ...['a..b@example.org', '.a@example.org', 'a.@example.org', 'ü@example.org', 'a@münchen.de', 'a@example..org'],
      ...['a@-x.org', 'a@example.o', 'a@127.0.0.1', 'a@example.org,b@example.org', 'a@example.org\nbcc:b@x.org'],
      `${'a'.repeat(250)}@example.org`,
    ];
    for (const text of WRONG) assert.equal(parseEmail(text), undefined, text);
  });

  it('that is taken here is taken by better-auth as well', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aZ09._-+\'@"%ü! '), maxLength: 30 });
    const likely = fc.tuple(letters, letters).map(([local, host]) => `${local}@${host}.org`);
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), likely, letters), (text) => {
        const email = parseEmail(text);
        assert.ok(email === undefined || taken.safeParse(email).success, email);
      }),
      { numRuns: 5_000 },
    );
  });
});
