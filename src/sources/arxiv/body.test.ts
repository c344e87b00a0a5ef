import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeXml } from './body.ts';

const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Müller</a>`;

describe('the text of an answer', () => {
  it('is what its declaration says', () => {
    assert.match(decodeXml(Buffer.from(xml('UTF-8')), 'text/xml'), /Müller/);
    assert.match(decodeXml(Buffer.from(xml('ISO-8859-1'), 'latin1'), 'text/xml'), /Müller/);
    assert.match(decodeXml(Buffer.from('<a>Müller</a>', 'latin1'), 'text/xml; charset="iso-8859-1"'), /Müller/);
    assert.match(decodeXml(Buffer.from(`\ufeff${xml('UTF-16')}`, 'utf16le'), null), /Müller/);
  });

  it('is UTF-8 where a server calls UTF-8 something else', () => {
    assert.match(decodeXml(Buffer.from(xml('ISO-8859-1')), 'text/xml; charset=iso-8859-1'), /Müller/);
  });

  it('is refused where it is not what it claims to be', () => {
    assert.throws(
      () => decodeXml(Buffer.from(xml('UTF-8'), 'latin1'), 'text/xml; charset=utf-8'),
      /the text is not utf-8, which it is declared to be/,
    );
    assert.throws(() => decodeXml(Buffer.from('<a>ü</a>', 'latin1'), 'text/xml; charset=klingon'), /not klingon/);
  });
});
