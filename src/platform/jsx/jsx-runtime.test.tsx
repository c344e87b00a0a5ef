import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Html, raw } from './html.ts';
import type { Child, JSX } from './jsx-runtime.ts';

function htmlOf(element: JSX.Element): string {
  assert.ok(element instanceof Html);
  return element.html;
}

const HOSTILE = `</p><script>alert("1")</script> & 'more'`;
const SAFE = '&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;';

test('text is escaped wherever it stands', () => {
  const Shown = ({ text }: { text: string }) => <>{text}</>;
  assert.equal(htmlOf(<p>{HOSTILE}</p>), `<p>${SAFE}</p>`);
  assert.equal(htmlOf(<p>{[[HOSTILE]]}</p>), `<p>${SAFE}</p>`);
  assert.equal(htmlOf(<p title={HOSTILE} />), `<p title="${SAFE}"></p>`);
  assert.equal(htmlOf(<Shown text={HOSTILE} />), SAFE);
});

test('elements and what was made safe before are not escaped again', () => {
  const Box = ({ children }: { children?: Child }) => <div>{children}</div>;
  const inner = (
    <Box>
      a &amp; b <b>c</b> {raw('<i>d</i>')}
    </Box>
  );
  assert.equal(htmlOf(<Box>{inner}</Box>), '<div><div>a &amp; b <b>c</b> <i>d</i></div></div>');
});

test('what only looks like safe HTML is not printed', () => {
  const forged = { isEscaped: true, html: '<b>', toString: () => '<b>' } as unknown as Child;
  assert.throws(() => <p>{forged}</p>, /Only text, numbers, elements/);
  assert.throws(() => <p>{Promise.resolve('late') as unknown as Child}</p>, /Only text, numbers, elements/);
  assert.throws(() => <p title={forged as string} />, /attribute title/);
});

test('nothing is printed for what is not there, and zero is a number', () => {
  const votes = 0;
  const page = (
    <p>
      {null}
      {undefined}
      {false}
      {true}
      {votes}
      {''}
    </p>
  );
  assert.equal(htmlOf(page), '<p>0</p>');
});

test('attributes say yes by being there, but for those that say it in words', () => {
  const input = <input name="q" required disabled={false} value={undefined} maxlength={9} spellcheck={false} />;
  assert.equal(htmlOf(input), '<input name="q" required="" maxlength="9" spellcheck="false"/>');
  assert.equal(htmlOf(<button aria-pressed={false}>b</button>), '<button aria-pressed="false">b</button>');
});
