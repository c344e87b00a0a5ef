/** The bytes of a mail: what a mailbox's own check of the signature says, and what folding does to long headers. */

import assert from 'node:assert/strict';
import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import { messageWriter } from './compose.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const DKIM = { domain: 'papers.example', selector: 'news', key: KEY };
const FROM = 'Daily Papers <papers@papers.example>';
const MESSAGE = {
  to: 'ann@example.org',
  subject: 'RegMean++ and 9 more — Tuesday, Jan 6: enhancing the effectiveness and generalization of everything',
  text: 'Grüße',
  html: '<p>Grüße</p>',
  headers: {
    'List-Id': '"Daily Papers" <digest.papers.example>',
    'List-Unsubscribe': `<https://papers.example/u/l${'a'.repeat(16)}.${'b'.repeat(22)}>, <mailto:bounces+l${'a'.repeat(16)}.${'b'.repeat(22)}@papers.example?subject=unsubscribe>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  messageId: '<one@papers.example>',
  date: Date.parse('2026-01-06T07:00:00Z'),
};

/** As RFC 6376 §3.4 and §6 have it for relaxed/relaxed and rsa-sha256, on the DNS record that the operator publishes. */
function verify(bytes: Buffer, dns: (name: string) => string): { signed: string[]; valid: boolean } {
  const text = bytes.toString('latin1');
  const cut = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, cut).split(/\r\n(?![ \t])/);
  const body = text
    .slice(cut + 4)
    .replace(/[ \t]+\r\n/g, '\r\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)+$/, '\r\n');
  const relaxed = (line: string) => {
    const [, name = '', value = ''] = /^([^:]+):([\s\S]*)$/.exec(line) ?? [];
    return `${name.toLowerCase().trim()}:${value
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const own = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const tags = Object.fromEntries(
    relaxed(own)
      .slice('dkim-signature:'.length)
      .split(';')
      .map((tag) => tag.trim().split(/=(.*)/s, 2) as [string, string]),
  );
  assert.equal(tags['a'], 'rsa-sha256');
  assert.equal(tags['c'], 'relaxed/relaxed');
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const signed = (tags['h'] ?? '').split(':').map((name) => name.trim().toLowerCase());
  const lines = signed.map((name) =>
    relaxed(headers.findLast((line) => line.toLowerCase().startsWith(`${name}:`)) ?? ''),
  );
  const bare = relaxed(own).replace(/;\s*b=.*$/s, '; b=');
  const [, key = ''] = /p=([^;]+)/.exec(dns(`${tags['s']}._domainkey.${tags['d']}`)) ?? [];
  const check = createVerify('RSA-SHA256').update([...lines, bare].join('\r\n'), 'latin1');
  const pem = `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`;
  const isRight = check.verify(pem, (tags['b'] ?? '').replaceAll(' ', ''), 'base64');
  return { signed, valid: isRight && bodyHash === (tags['bh'] ?? '').replaceAll(' ', '') };
}

const record = (name: string) => {
  assert.equal(name, 'news._domainkey.papers.example');
  return `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
};

describe('a signed mail', () => {
  test('is what the key of the domain signed, both headers of one-click unsubscribing included', async () => {
    const { bytes } = await messageWriter(FROM, DKIM)(MESSAGE);
    const { signed, valid } = verify(bytes, record);
    assert.equal(valid, true);
    for (const name of [
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'list-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ])
      assert.ok(signed.includes(name), `${name} is not signed: ${signed.join(':')}`);
  });

  test('is not what it was once somebody has changed where it unsubscribes', async () => {
    const { bytes } = await messageWriter(FROM, DKIM)(MESSAGE);
    const forged = Buffer.from(bytes.toString('latin1').replace('papers.example/u/', 'evil.example/u/'), 'latin1');
    assert.notDeepEqual(forged, bytes);
    assert.equal(verify(forged, record).valid, false);
  });

  test('without a key there is no signature', async () => {
    const { bytes } = await messageWriter(FROM)(MESSAGE);
    assert.doesNotMatch(bytes.toString('latin1'), /dkim-signature/i);
  });
});

describe('the headers of a mail', () => {
  test('come back whole after folding, in lines that every server takes', async () => {
    const { bytes, envelope } = await messageWriter(FROM)({ ...MESSAGE, returnTo: 'bounces+1@papers.example' });
    const [head = ''] = bytes.toString('latin1').split('\r\n\r\n', 1);
    for (const line of head.split('\r\n')) {
      assert.ok(line.length <= 200, line);
      assert.match(line, /^[\x20-\x7e\t]*$/);
    }
    // A line that is folded within an address would be taken apart by relays, and with it the signature.
    assert.match(head, /<https:\/\/papers\.example\/u\/la{16}\.b{22}>/);
    const mail = await simpleParser(bytes);
    assert.equal(mail.subject, MESSAGE.subject);
    assert.equal(mail.date?.toISOString(), '2026-01-06T07:00:00.000Z');
    assert.equal(mail.messageId, MESSAGE.messageId);
    assert.deepEqual(envelope, { from: 'bounces+1@papers.example', to: ['ann@example.org'] });
  });

  test('text and HTML come out as they went in, whatever is in them', async () => {
    const text = `Grüße α₁ 𝒳 = 1 \n.\nFrom here\n${'ä'.repeat(300)}\n\ttab \n${'x'.repeat(75)}\n${'y'.repeat(76)}\n${'z'.repeat(77)}=\n`;
    const { bytes } = await messageWriter(FROM)({ ...MESSAGE, text, html: `<p>${text}</p>` });
    for (const line of bytes.toString('latin1').split('\r\n'))
      assert.ok(line.length <= 200 && !line.includes('\n'), line);
    const mail = await simpleParser(bytes);
    assert.equal(mail.text, text);
    assert.equal(mail.html, `<p>${text}</p>`);
  });
});
