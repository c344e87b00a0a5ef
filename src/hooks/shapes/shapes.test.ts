/** Messages to chats and programs: what they say, and what foreign text cannot make them do. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Card } from '#feed/card.ts';
import type { Paper } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { codePoint } from '../../../test/code-point.ts';
import type { News } from '../news.ts';
import { writeMessage } from '../write-message.ts';

const publisher = { siteName: 'Daily Papers', siteUrl: 'https://papers.example' };

const paper: Paper = {
  id: '2601.00001',
  title: 'On $L_2$ norms',
  abstract: 'We show $x^2$.\nTwice.',
  authors: ['Ada Lovelace', 'Kurt Gödel', 'Emmy Noether', 'Alan Turing'].map((name) => {
    const [given = '', family = ''] = name.split(' ');
    return { family, given, suffix: '', affiliation: '' };
  }),
  authorCount: 12,
  categories: ['cs.LG'],
  versions: [{ number: 1, at: Date.parse('2026-01-05T10:00:00Z') }],
  publishedOn: '2026-01-05',
  updatedOn: '2026-01-05',
  submitter: null,
  license: null,
  comments: null,
  journalRef: null,
  doi: null,
  codeUrl: 'https://github.com/a/b',
  projectUrl: 'javascript:alert(1)',
  organization: { slug: 'deepmind', name: 'DeepMind' },
  withdrawn: false,
  firstSeenAt: Date.parse('2026-01-06T01:00:00Z'),
  announcedOn: '2026-01-06',
  announceType: 'new',
};

function card(more: Partial<Paper> = {}): Card {
  return {
    paper: { ...paper, ...more },
    votes: 12,
    comments: 1,
    voted: false,
    submitter: undefined,
    stars: undefined,
  };
}

function news(more: Partial<News> = {}): News {
  const cards = more.cards ?? [card()];
  return {
    kind: 'search.match',
    key: 'k',
    at: Date.parse('2026-01-08T12:00:00Z'),
    heading: '1 new paper matches “norms”',
    url: 'https://papers.example/search?q=norms',
    total: cards.length,
    cards,
    why: () => ['It matches the search “norms”.'],
    ...more,
  };
}

interface SlackMessage {
  text: string;
  blocks: { type: string; text: { type: string; text: string; verbatim: boolean } }[];
}
interface DiscordMessage {
  content: string;
  allowed_mentions: unknown;
  embeds: { title: string; url: string; description?: string; footer?: { text: string } }[];
}

const slack = (given: News) => JSON.parse(writeMessage('slack', given, publisher)) as SlackMessage;
const discord = (given: News) => JSON.parse(writeMessage('discord', given, publisher)) as DiscordMessage;

test('Slack: title with its link, authors, why and votes', () => {
  const { text, blocks } = slack(news());
  assert.deepEqual(
    blocks.map((block) => block.text.text),
    [
      '*<https://papers.example/search?q=norms|1 new paper matches “norms”>* · Daily Papers',
      '*<https://papers.example/papers/2601.00001|On L₂ norms>*\n' +
        'Ada Lovelace, Kurt Gödel, Emmy Noether and 9 more · DeepMind\n' +
        'It matches the search “norms”. · 12 votes · 1 comment',
    ],
  );
  assert.equal(text, blocks.map((block) => block.text.text).join('\n\n'), 'for servers that read the text alone');
});

test('Discord: one embed for each paper', () => {
  assert.deepEqual(discord(news()), {
    content: '**1 new paper matches “norms”** · Daily Papers\n<https://papers.example/search?q=norms>',
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: 'On L₂ norms',
        url: 'https://papers.example/papers/2601.00001',
        description: 'Ada Lovelace, Kurt Gödel, Emmy Noether and 9 more · DeepMind\nIt matches the search “norms”.',
        footer: { text: '12 votes · 1 comment' },
      },
    ],
  });
});

test('JSON: what docs/webhooks.md says', () => {
  assert.deepEqual(JSON.parse(writeMessage('json', news(), publisher)), {
    type: 'search.match',
    timestamp: '2026-01-08T12:00:00.000Z',
    data: {
      site: { name: 'Daily Papers', url: 'https://papers.example/' },
      title: '1 new paper matches “norms”',
      url: 'https://papers.example/search?q=norms',
      total: 1,
      papers: [
        {
          id: '2601.00001',
          url: 'https://papers.example/papers/2601.00001',
          title: 'On L₂ norms',
          authors: ['Ada Lovelace', 'Kurt Gödel', 'Emmy Noether', 'Alan Turing'],
          author_count: 12,
          organization: 'DeepMind',
          published: '2026-01-05',
          categories: ['cs.LG'],
          abstract: 'We show x².\n\nTwice.',
          votes: 12,
          comments: 1,
          why: ['It matches the search “norms”.'],
          arxiv_url: 'https://arxiv.org/abs/2601.00001',
          pdf_url: 'https://arxiv.org/pdf/2601.00001',
          code_url: 'https://github.com/a/b',
          project_url: null,
        },
      ],
    },
  });
});

test('many papers: the first ten, and how many more there are', () => {
  const cards = Array.from({ length: 30 }, (_, at) => card({ id: `2601.${String(at).padStart(5, '0')}` }));
  const many = news({ cards, total: 44 });
  assert.equal(slack(many).blocks.length, 12);
  assert.equal(slack(many).blocks.at(-1)?.text.text, '<https://papers.example/search?q=norms|and 34 more>');
  assert.equal(discord(many).embeds.length, 10);
  assert.match(discord(many).content, /\nand 34 more$/);
});

describe('titles that want more than to be read', () => {
  const HOSTILE = [
    '<!channel> look',
    '<!here|x>',
    '<@U012AB3CD>',
    '<#C012AB3CD>',
    '<!subteam^S012>',
    '@everyone @here @channel @all',
    '<@&165511591545143296> <@!80351110224678912>',
    '*bold* _it_ ~no~ `code` ```x```',
    '[a link](https://evil.example/) <https://evil.example|a link> ||spoiler||',
    '# heading\n> quote\n- list',
    '&lt;!channel&gt;',
    '<https://a|b>|c>',
    String.raw`\@everyone \\@everyone \\<@1>`,
  ];
  for (const title of HOSTILE)
    test(title, () => {
      const given = news({ cards: [card({ title })], heading: title });
      for (const { text } of slack(given).blocks) assertHarmlessInSlack(text.text);
      assertHarmlessInSlack(slack(given).text);
      const { content, embeds, allowed_mentions: mentions } = discord(given);
      assert.deepEqual(mentions, { parse: [] });
      assertHarmlessInDiscord(content.replace(/^\*\*/, '').replace(/\*\* · Daily Papers\n<https:[^>]*>$/, ''));
      assertHarmlessInDiscord(embeds[0]?.title ?? '');
    });
});

/** What Slack acts on is in angle brackets: ours are links to this site, and nothing else is in brackets. */
function assertHarmlessInSlack(text: string): void {
  const rest = text.replaceAll(/<https:\/\/papers\.example\/[^<>|]*\|[^<>|]*>/g, '');
  assert.doesNotMatch(rest, /[<>]/, text);
  assert.doesNotMatch(text.replaceAll(/^\*<|>\*(?=$| ·)/gm, ''), /[*_~`]/, text);
  assert.doesNotMatch(text, /@[^\s\u2060]/, text);
}

/** Each sign that Markdown or a mention could begin with has an odd number of backslashes before it. */
function assertHarmlessInDiscord(text: string): void {
  const unescaped = text.replaceAll(/\\[^A-Za-z0-9\s]/g, '');
  assert.doesNotMatch(unescaped, /[\\*_~`|<>#[\]@]/, text);
}

test('whatever a title, a name or a search is made of, the limits of both are kept and each message is read back', () => {
  const wild = fc.string({
    unit: fc.oneof(fc.constantFrom(...'<>&*_~`|@#[]\\😀é'), fc.string({ unit: codePoint, maxLength: 1 })),
    maxLength: 900,
  });
  fc.assert(
    fc.property(wild, wild, fc.integer({ min: 1, max: 12 }), (title, family, count) => {
      const authors = Array.from({ length: 3 }, () => ({ family, given: '', suffix: '', affiliation: '' }));
      const cards = Array.from({ length: count }, () =>
        card({ title, authors, organization: { slug: 'x', name: family } }),
      );
      const given = news({ cards, heading: title, why: () => [title] });
      const { text, blocks } = slack(given);
      assert.ok(blocks.length <= 50 && text.length <= 40_000);
      for (const block of blocks) {
        assert.ok(block.text.text.length <= 3_000 && block.text.text.length > 0);
        assertHarmlessInSlack(block.text.text);
      }
      const { content, embeds } = discord(given);
      assert.ok(content.length <= 2_000 && embeds.length <= 10);
      let total = 0;
      for (const { title: shown, description = '', footer } of embeds) {
        assert.ok(shown.length <= 256 && description.length <= 4_096);
        assertHarmlessInDiscord(shown);
        total += shown.length + description.length + (footer?.text.length ?? 0);
      }
      assert.ok(total <= 6_000, `${total} characters`);
      const json = JSON.parse(writeMessage('json', given, publisher)) as { data: { papers: { title: string }[] } };
      assert.equal(json.data.papers[0]?.title, texToPlain(title));
    }),
    { numRuns: 200 },
  );
});
