/** What people, robots and attackers send to a search. */

import fc from 'fast-check';
import { codePoint } from '../code-point.ts';
import { PIECES } from './pieces.ts';

const piece = fc.oneof(
  ...PIECES.map((list) => fc.constantFrom(...list)),
  fc.string({ unit: codePoint, maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  // UTF-16 with halves of pairs.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

/** What stands in a search box; now and then much more than fits. */
const typed = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .tuple(fc.array(piece, { maxLength: 7 }), fc.constantFrom('', ' ', ' '))
      .map(([pieces, gap]) => pieces.join(gap)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(piece, fc.integer({ min: 10, max: 2_000 }))
      .map(([one, times]) => one.repeat(times).slice(0, 1_500)),
  },
);

/** Marks of pages that we never gave out, and others that are nearly ours. */
const cursor = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('m', 'd', 's', 'a', 'M', ''),
      fc.oneof(fc.double(), fc.string(), fc.constant(null)),
      fc.oneof(fc.double(), fc.integer(), fc.string()),
    )
    .map(encoded),
  fc.jsonValue().map(encoded),
  fc.tuple(fc.constant('m'), fc.double({ min: 0, max: 2 }), fc.nat()).map(encoded),
  fc.string({ unit: codePoint, maxLength: 40 }).map(percent),
  fc.constantFrom('', 'WyJtIiw', '....', '%00', 'null', '-1'),
);
const sort = fc.oneof(fc.constantFrom('date', 'closeness', 'new', '', '__proto__'), piece).map(percent);
const id = fc
  .oneof(fc.constantFrom('2601.00001', '2601.00002', '2601.00003', '9999.99999', 'hep-th/9110025', ''), piece)
  .map(percent);
/** Escapes that are none, or make no UTF-8. */
const broken = fc.constantFrom(
  '%',
  '%z',
  '%zz',
  '%e',
  '%ff',
  '%c3%28',
  '%ed%a0%80',
  '%f4%90%80%80',
  '%00',
  '%2',
  '+%',
  '%25%32',
);
const value = fc.oneof(
  { weight: 20, arbitrary: typed.map(percent) },
  { weight: 3, arbitrary: fc.tuple(typed.map(percent), broken).map((two) => two.join('')) },
);

const parameter = fc.oneof(
  { weight: 8, arbitrary: value.map((text) => `q=${text}`) },
  { weight: 3, arbitrary: cursor.map((text) => `after=${text}`) },
  { weight: 2, arbitrary: sort.map((text) => `sort=${text}`) },
  { weight: 1, arbitrary: value.map((text) => `text=${text}`) },
  { weight: 1, arbitrary: value.map((text) => text.slice(0, 200)) },
);

export interface Sent {
  method: 'GET' | 'POST';
  /** As it goes over the wire: ASCII, escapes and all. */
  path: string;
  body?: string;
  /** What was typed, where the request is one that a form could have made. */
  typed?: string;
}

export const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 8,
    arbitrary: typed.map((text): Sent => ({
      method: 'GET',
      path: `/search?q=${percent(text)}`,
      ...(text.isWellFormed() ? { typed: text } : {}),
    })),
  },
  {
    weight: 6,
    arbitrary: fc
      .array(parameter, { maxLength: 5 })
      .map((all): Sent => ({ method: 'GET', path: `/search?${all.join('&')}` })),
  },
  { weight: 3, arbitrary: value.map((text): Sent => ({ method: 'GET', path: `/search/suggest?q=${text}` })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(id, { maxLength: 4 }), fc.array(parameter, { maxLength: 2 }))
      .map(([ids, all]): Sent => ({
        method: 'GET',
        path: `/similar?${[...ids.map((one) => `id=${one}`), ...all].join('&')}`,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(id, { maxLength: 2 }), fc.array(typed, { maxLength: 5 }))
      .map(([ids, texts]): Sent => ({
        method: 'POST',
        path: '/similar',
        body: [...ids.map((one) => `id=${one}`), `text=${percent(texts.join(' '))}`].join('&'),
      })),
  },
);

/** As `encodeURIComponent`, which refuses halves of pairs; those become the three bytes that old programs send. */
export function percent(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0xd800 || code > 0xdfff) return encodeURIComponent(character);
    return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
      .map((byte) => `%${byte.toString(16)}`)
      .join('');
  }).join('');
}

function encoded(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
