import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readConfig } from '#platform/config.ts';
import { earlierSpec, endpointOf, nameOf, specOf, textOf } from './spec.ts';
import type { ModelSpec } from './spec.ts';

const SERVER = { EMBEDDINGS_URL: 'http://localhost:11434/v1', EMBEDDINGS_MODEL: 'nomic-embed-text:v1.5' };

function wanted(env: Record<string, string>): ModelSpec {
  const spec = specOf(readConfig(env));
  assert.ok(spec);
  return spec;
}

test('nothing set means the shipped model', () => {
  assert.equal(specOf(readConfig({})), undefined);
});

test('the endpoint, its base and its host are the same place', () => {
  const endpoint = 'http://localhost:11434/v1/embeddings';
  for (const address of ['', '/', '/v1', '/v1/', '/v1/embeddings', '/v1/embeddings/'])
    assert.equal(endpointOf(`http://localhost:11434${address}`).replace(/\/$/, ''), endpoint, address);
  assert.equal(
    endpointOf('https://me.openai.azure.com/openai/v1?api-version=1'),
    'https://me.openai.azure.com/openai/v1/embeddings?api-version=1',
  );
});

describe('the name of a model', () => {
  test('says whatever changes the vectors of papers', () => {
    assert.equal(nameOf(wanted(SERVER)), 'localhost:11434/nomic-embed-text:v1.5');
    const more = { EMBEDDINGS_DIMENSIONS: '256', EMBEDDINGS_PAPER_PREFIX: 'search_document:' };
    assert.equal(
      nameOf(wanted({ ...SERVER, ...more })),
      'localhost:11434/nomic-embed-text:v1.5 256d "search_document:"',
    );
    assert.equal(nameOf(wanted({ ...SERVER, EMBEDDINGS_QUERY_PREFIX: 'search_query:' })), nameOf(wanted(SERVER)));
    assert.equal(nameOf(wanted({ EMBEDDINGS_MODEL: 'transformers:a/b?dtype=q8' })), 'transformers:a/b?dtype=q8');
  });

  test('leads back to the model while its server is the configured one', () => {
    const prefix = fc.string({ maxLength: 20, unit: 'grapheme' }).map((text) => text.trim());
    const model = fc.stringMatching(/^[@\w.:/+-]{1,20}$/);
    const dimensions = fc.option(fc.integer({ min: 8, max: 4096 }).map(String), { nil: '' });
    fc.assert(
      fc.property(model, dimensions, prefix, (EMBEDDINGS_MODEL, EMBEDDINGS_DIMENSIONS, EMBEDDINGS_PAPER_PREFIX) => {
        const env = { ...SERVER, EMBEDDINGS_MODEL, EMBEDDINGS_DIMENSIONS, EMBEDDINGS_PAPER_PREFIX };
        const spec = wanted(env);
        assert.deepEqual(earlierSpec(nameOf(spec), readConfig({ ...SERVER, EMBEDDINGS_MODEL: 'another' })), spec);
      }),
    );
  });

  test('leads nowhere where the server is another one, or none', () => {
    const name = nameOf(wanted(SERVER));
    assert.equal(earlierSpec(name, readConfig({})), undefined);
    assert.equal(earlierSpec(name, readConfig({ ...SERVER, EMBEDDINGS_URL: 'http://other/v1' })), undefined);
    assert.equal(earlierSpec('broadsheet-0123abcd', readConfig(SERVER)), undefined);
    assert.equal(earlierSpec('transformers:a/b', readConfig(SERVER))?.kind, 'local');
  });
});

test('a model gets papers and questions with what it wants before them', () => {
  const spec = wanted({ ...SERVER, EMBEDDINGS_PAPER_PREFIX: 'passage:', EMBEDDINGS_QUERY_PREFIX: 'query:' });
  assert.equal(textOf(spec, { title: 'On \ud800 half', abstract: 'pairs.' }), 'passage: On \ufffd half\npairs.');
  assert.equal(textOf(spec, ' half a thought '), 'query: half a thought');
  assert.equal(textOf(spec, ' '), '');
});
