/** Signed links: what they say, and that nobody else can make one. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isManageToken, manageToken, manageUrl, namedByManage, readUnsubscribe, unsubscribeUrl } from './links.ts';

const SITE = { url: 'https://papers.example', secret: 'a secret of the installation, long enough' };
const ID = 'AbCd-fGh_jKlMnOp';
const LIST = { kind: 'list' as const, subscriptionId: ID };
const tokenOf = (url: string) => new URL(url).pathname.slice('/u/'.length);

describe('signed links', () => {
  test('an unsubscribing link says what it ends, and is short enough for a header line', () => {
    for (const ends of [LIST, { kind: 'all' as const, subscriberId: ID }]) {
      const url = unsubscribeUrl(SITE, ends);
      assert.ok(url.length <= 70, url);
      assert.deepEqual(readUnsubscribe(SITE.secret, tokenOf(url)), ends);
    }
  });

  test('a link ends with a letter, so that no mail program leaves its end out', () => {
    for (let index = 0; index < 500; index++)
      assert.match(unsubscribeUrl(SITE, { ...LIST, subscriptionId: `list-${index}` }), /[la]$/);
  });

  test('any other letter anywhere makes it a link of nobody', () => {
    const token = tokenOf(unsubscribeUrl(SITE, LIST));
    for (let at = 0; at < token.length; at++)
      for (const letter of 'lamAz09-_.')
        if (token[at] !== letter)
          assert.equal(readUnsubscribe(SITE.secret, token.slice(0, at) + letter + token.slice(at + 1)), undefined);
    assert.equal(readUnsubscribe(`${SITE.secret}x`, token), undefined);
  });

  test('a link that ends one thing is none for another, nor one that lets somebody in', () => {
    const list = tokenOf(unsubscribeUrl(SITE, LIST));
    assert.equal(readUnsubscribe(SITE.secret, `${list.slice(0, -1)}a`), undefined);
    assert.equal(isManageToken(SITE.secret, `${list.slice(0, -1)}m`, ''), false);
    assert.equal(namedByManage(list), undefined);
    const manage = manageToken(SITE.secret, { id: ID, linkKey: 'key' });
    assert.equal(readUnsubscribe(SITE.secret, `${manage.slice(0, -1)}l`), undefined);
    assert.equal(readUnsubscribe(SITE.secret, manage), undefined);
  });

  test('a managing link ends with the key of its subscriber', () => {
    const url = new URL(manageUrl(SITE, { id: ID, linkKey: 'first' }));
    const token = url.searchParams.get('t') ?? '';
    assert.equal(url.pathname, '/subscribe/manage');
    assert.equal(namedByManage(token), ID);
    assert.equal(isManageToken(SITE.secret, token, 'first'), true);
    assert.equal(isManageToken(SITE.secret, token, 'second'), false);
  });

  test('whatever else is asked for is no link, and no error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w.-]{0,80}$/)), (text) => {
        assert.equal(readUnsubscribe(SITE.secret, text), undefined);
        assert.equal(isManageToken(SITE.secret, text, ''), false);
      }),
    );
  });
});
