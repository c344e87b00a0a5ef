/** Every form that somebody fills in, with anything at all in it: no 5xx, nothing acts in a page, and no text is lost. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { cleanBody } from '#discussion/body.ts';
import { dialects } from '../database.ts';
import { openSite } from '../site.ts';
import type { Page, Person, TestSite } from '../site.ts';
import { readPage } from './html.ts';
import { body } from './texts.ts';

/** The same inputs in each run; a failure prints the seed and the smallest input that fails. */
const SEED = 20_260_106;
/** 10 000 in all, in rounds that also a busy machine ends in time. Most of what is tried does not come to the database. */
const ROUNDS = { sqlite: 4, postgres: 1 };
const FORMS = 2_000;
/** Past what limits allow in a minute, not past all that they allow in an hour. */
const BETWEEN_MS = 120_000;

const PAPERS = ['2509.21043', '2310.02541', '2510.00000', 'hep-th/9901001', 'nope'];
const TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json', ''];
const COMMENT_ID = '0'.repeat(24);

interface Form {
  /** `PAPER` and `COMMENT` stand for one that is there, or not. */
  path: string;
  /** What people write, which must not be lost; the first of them is shown again where the form is refused. */
  written: readonly string[];
  /** What buttons and hidden fields say. */
  said?: Record<string, readonly string[]>;
}

const FORMS_OF_SITE: readonly Form[] = [
  {
    path: '/papers/PAPER/comments',
    written: ['body'],
    said: { preview: ['', '', '1'], replyTo: ['', 'COMMENT', 'x'] },
  },
  { path: '/papers/PAPER/comments/COMMENT/edit', written: ['body'], said: { preview: ['', '1'] } },
  { path: '/papers/PAPER/comments/COMMENT/react', written: [], said: { on: ['agree', '', '*'], off: ['', 'agree'] } },
  { path: '/papers/PAPER/comments/COMMENT/delete', written: [] },
  { path: '/papers/PAPER/upvote', written: [], said: { voted: ['0', '1', '*'] } },
  { path: '/papers/PAPER/links', written: ['code', 'project'] },
  { path: '/papers/submit', written: ['paper'], said: { any_age: ['', '1'] } },
  { path: '/papers/submit', written: [], said: { take_back: ['PAPER', '*'] } },
  { path: '/report', written: ['reason'], said: { kind: ['paper', 'comment', '*'], id: ['PAPER', 'COMMENT', '*'] } },
  {
    path: '/moderation/act',
    written: ['reason'],
    said: {
      kind: ['paper', 'comment'],
      id: ['PAPER', 'COMMENT', '*'],
      do: ['hide', 'unhide', 'dismiss', 'unlock', '*'],
    },
  },
  { path: '/moderation/people', written: ['reason'], said: { id: ['*'], do: ['ban', 'unban', 'make admin', '*'] } },
  { path: '/settings/profile', written: ['full_name', 'name'] },
  { path: '/settings/email', written: ['email'] },
  { path: '/settings/tokens', written: ['name'], said: { scope: ['read', 'write', '*'] } },
  { path: '/settings/tokens/revoke', written: [], said: { id: ['*'] } },
  { path: '/settings/sessions', written: [], said: { end: ['*'] } },
  { path: '/settings/delete', written: [], said: { name: ['*'] } },
  { path: '/settings/invitations', written: ['email'] },
  { path: '/sign-in', written: ['email'], said: { next: ['/', '//e.example', '*'] } },
  { path: '/sign-in/link', written: ['token'], said: { next: ['/', '*'] } },
  { path: '/similar', written: ['text'], said: { id: ['PAPER', '*'], sort: ['date', '*'] } },
];

interface Sent {
  form: Form;
  fields: Record<string, string>;
  paper: string;
  /** Whether the comment is one that is there. */
  known: boolean;
  type: string;
  /** A byte that is no UTF-8 somewhere in it. */
  broken: boolean;
}

const rarely = fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const typed = fc.oneof(
  { weight: 4, arbitrary: body },
  { weight: 1, arbitrary: fc.constantFrom('', 'cs.LG 2601.00001') },
);
/** `*` is anything at all. */
const oneOf = (values: readonly string[]) =>
  fc.oneof(...values.map((value) => (value === '*' ? body : fc.constant(value))));

/** Made once: what is made while it is drawn costs more than the forms. */
const sent: fc.Arbitrary<Sent> = fc.oneof(
  ...FORMS_OF_SITE.map((form) =>
    fc.record({
      form: fc.constant(form),
      fields: fc.record({
        ...Object.fromEntries(form.written.map((name) => [name, typed])),
        ...Object.fromEntries(Object.entries(form.said ?? {}).map(([name, values]) => [name, oneOf(values)])),
      }),
      paper: fc.constantFrom(...PAPERS),
      known: fc.boolean(),
      type: fc.oneof(
        { weight: 19, arbitrary: fc.constant(TYPES[0] ?? '') },
        { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
      ),
      broken: rarely,
    }),
  ),
);

for (const dialect of dialects) {
  describe(`forms with anything at all (${dialect})`, () => {
    let site: TestSite;
    let ada: Person;
    let lastComment = COMMENT_ID;
    before(async () => {
      const nowhere = 'http://127.0.0.1:1/';
      site = await openSite({ dialect, settings: { ARXIV_API_URL: nowhere } });
      // An admin: every form is hers to send. Nothing that is typed is her name, which would delete the account.
      ada = await site.signIn('grace-h@lab.example', { role: 'admin', createdAt: 0 });
    });
    after(async () => await site[Symbol.asyncDispose]());

    for (let round = 1; round <= ROUNDS[dialect]; round += 1) {
      test(`${FORMS} of them, round ${round}: no 5xx, no page that acts, nothing lost`, async () => {
        await fc.assert(
          fc.asyncProperty(sent, async (one) => {
            site.clock.advance(BETWEEN_MS);
            const named = (text: string) =>
              text.replace('PAPER', one.paper).replace('COMMENT', one.known ? lastComment : COMMENT_ID);
            const fields = Object.fromEntries(Object.entries(one.fields).map(([name, text]) => [name, named(text)]));
            const answer = await send(named(one.form.path), fields, one);
            const what = `${one.form.path} ${JSON.stringify({ ...one, form: undefined })}`;
            assert.ok(answer.status < 500, `${what} answered ${answer.status}`);
            if ((one.broken || one.type !== TYPES[0]) && Object.keys(fields).length > 0) {
              if (one.type !== TYPES[1]) assert.ok(answer.status >= 400, `${what} was taken`);
            } else await nothingIsLost(one, fields, answer, what);
            if (answer.html.startsWith('<!doctype')) assert.deepEqual(readPage(answer.html).faults, [], what);
          }),
          { seed: SEED + round, numRuns: FORMS },
        );
      });
    }

    test('afterwards every page shows what was written as text', async () => {
      for (const id of PAPERS)
        await ada.post('/moderation/act', { kind: 'paper', id, do: 'unhide', reason: 'The end' });
      for (const path of [
        ...['/', '/papers/2509.21043', '/papers/2310.02541', '/papers/submit', '/papers/2509.21043/links'],
        ...['/settings', '/moderation', '/moderation/log', '/moderation/act?kind=paper&id=2509.21043'],
        (await ada.get('/settings')).html.match(/\/users\/[\w-]+/)?.[0] ?? '/users/ada',
      ]) {
        const page = await ada.get(path);
        assert.equal(page.status, 200, path);
        const { tags, faults } = readPage(page.html);
        assert.deepEqual(faults, [], path);
        const acting = tags.filter(
          ({ name, attributes }) =>
            (name === 'script' && !isOurs(attributes)) || [...attributes.keys()].some((key) => key.startsWith('on')),
        );
        assert.deepEqual(acting, [], path);
      }
    });

    async function send(path: string, fields: Record<string, string>, { type, broken }: Sent): Promise<Page> {
      const urlencoded = new URLSearchParams(fields).toString();
      const boundary = 'b-0123456789';
      const parts = Object.entries(fields).map(
        ([name, text]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
      );
      const isMultipart = type === TYPES[1];
      const text = isMultipart ? `${parts.join('')}--${boundary}--\r\n` : urlencoded;
      const headers = { Accept: 'text/html', Cookie: ada.cookie, Origin: 'https://papers.example' };
      return await site.ask(path, {
        method: 'POST',
        body: Buffer.concat([Buffer.from(text), Buffer.from(broken ? '&x=%FF\xE9' : '', 'latin1')]),
        headers: { ...headers, 'Content-Type': isMultipart ? `${type}; boundary=${boundary}` : type },
      });
    }

    /** Stored whole, or still in the form that was refused. */
    async function nothingIsLost({ form }: Sent, fields: Record<string, string>, answer: Page, what: string) {
      const [field] = form.written;
      if (field === undefined) return;
      const typed = fields[field] ?? '';
      const [, id] = /comments\/([0-9a-f]{24})$/.exec(answer.headers.get('location') ?? '') ?? [];
      if (answer.status === 303 && id !== undefined) {
        lastComment = id;
        const row = await site.db.selectFrom('comments').select('body').where('id', '=', id).executeTakeFirst();
        assert.equal(row?.body, cleanBody(typed), what);
      }
      if (answer.status !== 422) return;
      const again = answer.html
        .split(/(?=<form )/)
        .find((html) => html.includes(` name="${field}"`) && isFormOf(html, form));
      const kept =
        /<textarea[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(again ?? '')?.[1] ??
        new RegExp(`<input(?=[^>]* name="${field}")[^>]* value="([^"]*)"`).exec(again ?? '')?.[1];
      assert.equal(plain(unescaped(kept ?? '')), plain(typed), `${what}: what was typed stays in the form`);
    }
  });
}

/** The site's own scripts, and what search engines read. */
function isOurs(attributes: ReadonlyMap<string, string>): boolean {
  const source = attributes.get('src');
  return source === undefined ? attributes.get('type') === 'application/ld+json' : source.startsWith('/assets/');
}

function isFormOf(html: string, { path }: Form): boolean {
  const action = /^<form[^>]* action="([^"]*)"/.exec(html)?.[1] ?? '';
  return new RegExp(`^${path.replace('PAPER', '.+').replace('COMMENT', '[0-9a-f]{24}')}$`).test(action);
}

/** Line ends, halves of pairs, what no database holds and the space around a field apart. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').toWellFormed().replaceAll('\0', '').trim();
}

function unescaped(html: string): string {
  return html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
