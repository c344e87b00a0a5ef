import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findLinks } from './links.ts';

const code = (text: string) => findLinks(text).codeUrl;
const page = (text: string) => findLinks(text).projectUrl;

describe('code repositories', () => {
  const same = 'https://github.com/owner/my_repo.js';
  for (const text of [
    'Code is available at https://github.com/owner/my_repo.js.',
    'Code: http://www.github.com/owner/my_repo.js/',
    'Our code (github.com/owner/my_repo.js) is public.',
    'Code is at \\url{https://github.com/owner/my\\_repo.js}.',
    'We release \\href{https://github.com/owner/my_repo.js}{\\textit{code}}.',
    'Code: $\\href{https://github.com/owner/my_repo.js}{here}$',
    'Code at https://github.com/owner/my_repo.js.git, data elsewhere',
    'See https://github.com/owner/my_repo.js/tree/main/src?tab=readme#use!',
    'Available at:https://github.com/owner/my_repo.js”',
  ]) {
    it(text, () => assert.equal(code(text), same));
  }

  it('of other forges', () => {
    assert.equal(code('Code: https://gitlab.com/group/tool.'), 'https://gitlab.com/group/tool');
    assert.equal(code('Code: https://gitlab.inria.fr/group/tool'), 'https://gitlab.inria.fr/group/tool');
    assert.equal(code('https://codeberg.org/me/tool'), 'https://codeberg.org/me/tool');
    assert.equal(
      code('Models: https://huggingface.co/nvidia/AceReason-1.1-7B'),
      'https://huggingface.co/nvidia/AceReason-1.1-7B',
    );
    assert.equal(
      code('Code: https://anonymous.4open.science/r/Tool-1234/README.md'),
      'https://anonymous.4open.science/r/Tool-1234',
    );
  });

  it('the one that is said to be the code, before one that is only mentioned', () => {
    const text =
      'We build on https://github.com/other/thing and evaluate widely on many tasks and data sets. Our code is at https://github.com/our/code.';
    assert.equal(code(text), 'https://github.com/our/code');
  });

  it('from the comments where the abstract has none', () => {
    assert.equal(findLinks('Nothing.', 'Code: https://github.com/a/b').codeUrl, 'https://github.com/a/b');
    assert.equal(
      findLinks('Code: https://github.com/a/b', 'see https://github.com/c/d').codeUrl,
      'https://github.com/a/b',
    );
    assert.equal(findLinks('Nothing.', null).codeUrl, null);
  });

  for (const text of [
    'https://github.com/owner',
    'https://github.com/orgs/owner',
    'https://huggingface.co/papers/2310.02541',
    'javascript://github.com/a/b',
    'https://github.com.evil.example/a/b',
    'https://user:secret@github.com/a/b',
    'The github community',
  ]) {
    it(`not: ${text}`, () => assert.equal(code(text), null));
  }
});

describe('project pages', () => {
  for (const [text, url] of [
    ['Project page: https://owner.github.io/thing/.', 'https://owner.github.io/thing/'],
    ['Videos at http://owner.github.io', 'https://owner.github.io/'],
    ['See owner.github.io/thing for videos', 'https://owner.github.io/thing'],
    ['Videos: https://sites.google.com/view/thing', 'https://sites.google.com/view/thing'],
    ['Our project website is https://thing.example.org/a_(b).', 'https://thing.example.org/a_(b)'],
    ['(Website: http://thing.example.org/~me)', 'http://thing.example.org/~me'],
    ['Website: \\url{http://thing.example.org/\\~{}me}', 'http://thing.example.org/~me'],
    ['https://thing.example.org (project page)', 'https://thing.example.org/'],
    ['\\href{https://thing.example.org/x}{Project page}', 'https://thing.example.org/x'],
  ] as const) {
    it(text, () => assert.equal(page(text), url));
  }

  for (const text of [
    'Data: https://example.org/data',
    'Project page: https://arxiv.org/abs/2310.02541',
    'Project: https://doi.org/10.1/abc',
    'Project page: http://localhost/x',
    'Project page: https://github.com/owner/repo',
  ]) {
    it(`not: ${text}`, () => assert.equal(page(text), null));
  }

  it('beside a repository', () => {
    assert.deepEqual(findLinks('Code and page: https://github.com/a/b, https://a.github.io/b.'), {
      codeUrl: 'https://github.com/a/b',
      projectUrl: 'https://a.github.io/b',
    });
  });
});

it('takes no longer for hostile input than for its length', () => {
  const started = performance.now();
  for (const piece of ['https://', 'github.com/', 'a-', 'http://a.', '.github.io', '\\url{', '(((', 'project page ']) {
    findLinks(`https://github.com ${piece.repeat(100_000 / piece.length)}`);
  }
  // Takes some milliseconds; anything quadratic takes minutes.
  assert.ok(performance.now() - started < 20_000);
});
