import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError } from '#platform/errors.ts';
import { attribute, child, children, readXml, rootName, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

const read = async (xml: string): Promise<XmlNode> => (await readXml(xml, [], () => undefined)).frame;

describe('XML', () => {
  it('is read by local names, text and attributes as they stand', async () => {
    const root = await read('<x:a xmlns:x="y"><x:b c="1 &amp; 2"> text </x:b><b/><d>007</d></x:a>');
    assert.equal(rootName(root), 'a');
    assert.equal(children(root, 'b').length, 2);
    assert.equal(attribute(child(root, 'b'), 'c'), '1 & 2');
    assert.equal(textOf(child(root, 'b')), ' text ');
    assert.equal(textOf(child(root, 'd')), '007');
    assert.equal(textOf(child(root, 'd/e')), undefined);
  });

  it('has five named entities and numbers, each resolved once', async () => {
    const root = await read(
      '<a><b>&lt;&gt;&amp;&quot;&apos; &#228;&#xE4;&#x1F600; &amp;lt; &eacute; &#0;&#xD800;&#9999999;<![CDATA[&lt;]]></b></a>',
    );
    assert.equal(textOf(child(root, 'b')), '<>&"\' ää😀 &lt; &eacute; \ufffd\ufffd\ufffd&lt;');
  });

  it('may hold any number of entities', async () => {
    assert.equal(textOf(child(await read(`<a><b>${'&amp;'.repeat(50_000)}</b></a>`), 'b'))?.length, 50_000);
  });

  it('does not lead into prototypes', async () => {
    assert.deepEqual(children(await read('<a/>'), 'constructor'), []);
    await assert.rejects(read('<a><__proto__>1</__proto__></a>'), AppError);
  });

  it('loses only the records that cannot be read', async () => {
    const { items, bad, frame } = await readXml(
      '<l><r>1</r><r a=1>2</r><r>3</r><r>x</r><end>z</end></l>',
      ['r'],
      (record) => {
        const text = textOf(record);
        if (text === 'x') throw new AppError('upstream', 'x is no number');
        return text;
      },
    );
    assert.deepEqual(
      items.filter((item) => item !== '2'),
      ['1', '3'],
    );
    assert.deepEqual(bad.at(-1), { source: '<r>x</r>', reason: 'x is no number' });
    assert.equal(textOf(child(frame, 'end')), 'z');
  });

  it('does not hide a mistake of ours as a bad record', async () => {
    const mistake = () => {
      throw new TypeError('ours');
    };
    await assert.rejects(readXml('<l><r/></l>', ['r'], mistake), TypeError);
  });

  it('lets other work happen while a page is read', async () => {
    const page = `<l>${'<r><t>text &amp; more</t><u a="b"/></r>'.repeat(20_000)}</l>`;
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await readXml(page, ['r'], () => undefined);
    clearInterval(timer);
    assert.ok(turns > 0);
  });
});
