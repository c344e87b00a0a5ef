/** Nothing that is written in a comment acts in a page: thousands of texts, read strictly, by a real browser, and sent as forms. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cleanBody } from '#discussion/body.ts';
import { renderComment } from '#discussion/markdown/render.ts';
import { launch } from '../browser/browser.ts';
import { serveSite } from '../browser/served-site.ts';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import { readPage } from './html.ts';
import type { Tag } from './html.ts';

/** The same inputs in each run; a failure prints the seed and the smallest input that fails. */
const SEED = 20_260_106;
const INPUTS = 10_000;
const FORMS = 500;

const PIECES = [
  ...[
    '<script>steal()</script>',
    '<img src=x onerror=steal()>',
    '<svg/onload=steal()>',
    '<style>*{}</style>',
    '<iframe>',
  ],
  ...[
    '[a](javascript:steal())',
    '[a](JaVaScRiPt:steal())',
    '[a](data:text/html,<script>steal()</script>)',
    '[a](//e.example)',
  ],
  ...[
    '[a](\\\\e.example)',
    '[a]( &#106;avascript:steal())',
    '<javascript:steal()>',
    '[a](vbscript:steal())',
    '[a](java\nscript:x)',
  ],
  ...[
    '![i](https://e.example/p.png)',
    '![i](data:image/svg+xml,<svg onload=steal()>)',
    '[![i](x)](javascript:steal())',
  ],
  ...[
    '[a]: javascript:steal() "x"',
    '[a][a]',
    '[a](https://e.example "onmouseover=steal()")',
    '<https://e.example/"onx=steal()>',
  ],
  ...[
    '$x^2$',
    '$$\\frac{a}{b}$$',
    '$\\href{javascript:steal()}{x}$',
    '$\\htmlClass{a}{b}$',
    '$\\def\\a{\\a\\a}\\a$',
    '$</math><script>$',
  ],
  ...[
    '$$\n- x\n$$',
    '$5 and $6',
    '$\\text{<img src=x onerror=steal()>}$',
    '@ada',
    '@ada"><script>steal()</script>',
    'a@b.example',
  ],
  ...[
    '```html\n<script>steal()</script>\n```',
    '`<b>`',
    '    indented',
    '> quote',
    '>>>>>>>>>>>>>> deep',
    '- a\n  - b',
    '1. a',
    '# h',
  ],
  ...[
    '| a | b |\n|--|:-:|\n| <b> | $x$ |',
    '~~s~~',
    '**b**',
    '_e_',
    '***',
    '---',
    '&lt;script&gt;',
    '&#x3c;script>',
    '\\<script>',
  ],
  ...[
    '\u202Eevil',
    '\u0000',
    '\uD800',
    '‍👩‍🔬',
    'ع ب',
    '\u200B',
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\n\n',
    ' ',
    '\t',
    '&',
    '<',
    '>',
    '$',
    '$$',
    '[',
  ],
];

const piece = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const body = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => pieces.join(''));
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

for (const dialect of dialects) {
  describe(`forms with anything at all (${dialect})`, () => {
    test(`${FORMS} comments, previews, edits, votes and reactions: no 5xx, and no text is lost`, async () => {
      await using site = await openSite({ dialect });
      const ada = await site.signIn('ada@lab.example');
      const paper = '/papers/2509.21043';
      const field = fc.oneof(body, fc.constantFrom('', '1', '0', 'agree', '0'.repeat(24)));
      const path = fc.constantFrom(
        '/comments',
        '/comments',
        '/upvote',
        '/comments/ID/edit',
        '/comments/ID/react',
        '/comments/ID/delete',
      );
      const form = fc.record({
        path,
        body,
        preview: fc.constantFrom('', '', '1'),
        // Nothing else in most of them, or all would be refused for it.
        replyTo: fc.oneof({ arbitrary: fc.constant(''), weight: 3 }, { arbitrary: field, weight: 1 }),
        voted: field,
        on: field,
        off: field,
      });
      let last = '0'.repeat(24);
      await fc.assert(
        fc.asyncProperty(form, async ({ path: below, ...fields }) => {
          site.clock.advance(3_600_000); // past every limit
          const isComment = below === '/comments';
          const answer = await ada.post(paper + below.replace('ID', last), fields);
          assert.ok(answer.status < 500, `${below} ${JSON.stringify(fields)} answered ${answer.status}`);
          if (!answer.html.startsWith('<!doctype')) {
            const [, id] = /comments\/([0-9a-f]{24})/.exec(answer.headers.get('location') ?? '') ?? [];
            last = id ?? last;
            if (!isComment || id === undefined) return;
            const row = await site.db.selectFrom('comments').select('body').where('id', '=', id).executeTakeFirst();
            assert.equal(row?.body, cleanBody(fields.body), 'stored whole');
            return;
          }
          assert.deepEqual(readPage(answer.html).faults, [], JSON.stringify(fields));
          if (!isComment && !below.endsWith('/edit')) return;
          const kept = /<textarea[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(answer.html)?.[1];
          if (kept !== undefined) assert.equal(plain(kept), plain(escape(fields.body)), 'kept in the form');
        }),
        { seed: SEED, numRuns: FORMS },
      );
      const page = await site.get(paper);
      assert.equal(page.status, 200);
      assert.deepEqual(readPage(page.html).faults, []);
    });
  });
}

/** Line ends and halves of pairs change on the way through a form. */
function plain(html: string): string {
  return html.replaceAll(/\r\n?/g, '\n').toWellFormed();
}

function escape(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
