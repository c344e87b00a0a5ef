/** Nothing that is written in a comment acts in a page: thousands of texts, read strictly, and by a real browser. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanBody } from '#discussion/body.ts';
import { renderComment } from '#discussion/markdown/render.ts';
import { launch } from '../browser/browser.ts';
import { serveSite } from '../browser/served-site.ts';
import { readPage } from './html.ts';
import type { Tag } from './html.ts';
import { body } from './texts.ts';

/** The same inputs in each run; a failure prints the seed and the smallest input that fails. */
const SEED = 20_260_106;
const INPUTS = 10_000;

const PROFILES = new Map([['ada', '/users/ada']]);

const ELEMENTS = new Set(
  (
    'html body div p br hr blockquote ul ol li pre code em strong s table thead tbody tr th td a span math mrow mi mn mo ' +
    'mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup munder mover munderover ' +
    'mmultiscripts mprescripts none mtable mtr mtd mlabeledtr'
  ).split(' '),
);

function check({ name, attributes }: Tag, given: string): void {
  assert.ok(ELEMENTS.has(name), `<${name}> of ${JSON.stringify(given)}`);
  for (const attribute of attributes.keys()) {
    assert.doesNotMatch(
      attribute,
      /^(?:on|style|src|srcset|id|form|xlink)/,
      `${attribute} of ${JSON.stringify(given)}`,
    );
  }
  const href = attributes.get('href');
  if (href !== undefined) assert.match(href, /^(?:https?:\/\/[^/]|mailto:|\/[^/\\])/, JSON.stringify(given));
  if (href?.startsWith('http')) assert.equal(attributes.get('rel'), 'nofollow ugc noopener');
}

test(`${INPUTS} texts become HTML that is right and holds nothing but text, links and formulas`, () => {
  fc.assert(
    fc.property(body, (given) => {
      const { tags, faults } = readPage(`<!doctype html><html><body>${renderComment(given, PROFILES)}</body></html>`);
      assert.deepEqual(faults, [], JSON.stringify(given));
      for (const tag of tags) check(tag, given);
    }),
    { seed: SEED, numRuns: INPUTS },
  );
});

test('what is cleaned once stays as it is', () => {
  fc.assert(
    fc.property(body, (given) => {
      const clean = cleanBody(given);
      assert.equal(cleanBody(clean), clean);
      assert.doesNotMatch(clean, /[\0\r]/);
    }),
    { seed: SEED, numRuns: INPUTS },
  );
});

/** Put into the page as a parser does it, not by innerHTML, which runs no script elements. Returns what should not be there. */
const PUT_IN = `(parts) => {
  const main = document.querySelector('main');
  const boxes = parts.map((part) => '<div class="fuzzed">' + part + '</div>').join('');
  main.replaceChildren(document.createRange().createContextualFragment(boxes));
  const link = [...main.querySelectorAll('a')].find(({ protocol }) => !/^(?:https?|mailto):$/.test(protocol));
  const foreign = main.querySelector('script,style,img,svg,iframe,object,embed,form,input,link,meta,base,video');
  if (link ?? foreign) return (link ?? foreign).outerHTML;
  return main.querySelectorAll(':scope > .fuzzed').length === parts.length ? '' : 'a comment ended early';
}`;

test(`${INPUTS} texts in a real browser: no script runs, nothing is fetched, nothing leaves its place`, async () => {
  await using site = await serveSite();
  const browser = await launch();
  try {
    // Without the site's policy, which would hide what the first two locks let through.
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const acts: string[] = [];
    await page.exposeFunction('steal', () => acts.push('a script ran'));
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.goto(`${site.url}/about`);
    page.on('request', (request) => {
      if (!request.url().includes('/favicon')) acts.push(request.url()); // which the browser asks for by itself
    });
    const texts = fc.sample(body, { seed: SEED, numRuns: INPUTS });
    for (let from = 0; from < texts.length; from += 500) {
      const html = texts.slice(from, from + 500).map((text) => renderComment(text, PROFILES));
      const wrong = await page.evaluate<string>(`(${PUT_IN})(${JSON.stringify(html)})`);
      assert.equal(wrong, '', `among ${from} to ${from + 500}`);
    }
    await page.waitForTimeout(200);
    assert.deepEqual(acts, []);
  } finally {
    await browser.close();
  }
});
