import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { slugify } from './slug.ts';

it('folds Latin letters to ASCII', () => {
  assert.equal(slugify('Łukasz Kołodziejczyk-Ångström'), 'lukasz-kolodziejczyk-angstrom');
  assert.equal(slugify('İbrahim Yıldız'), 'ibrahim-yildiz');
  assert.equal(slugify('Nguyễn Đức Thịnh'), 'nguyen-duc-thinh');
  assert.equal(slugify("Þór O'Brien, Jr."), 'thor-obrien-jr');
});

it('keeps the letters of other scripts', () => {
  assert.equal(slugify('张 伟'), '张-伟');
  assert.equal(slugify('Андрей'), 'андрей');
  assert.equal(slugify('ガ行'), 'ガ行');
  assert.equal(slugify('हिन्दी'), 'हिन्दी');
});

it('gives the same slug for composed and decomposed text, and a short one for hostile text', () => {
  assert.equal(slugify('Jose\u0301'), slugify('José'));
  assert.ok(slugify('x'.repeat(100_000)).length <= 80);
});

it('is idempotent and safe in an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint }), (text) => {
      const slug = slugify(text);
      assert.equal(slugify(slug), slug);
      assert.doesNotMatch(slug, /[\s/?#&%.A-Z]|^-|-$|--/);
    }),
  );
});
