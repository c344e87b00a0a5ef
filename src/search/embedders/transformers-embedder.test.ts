import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { writeTinyModel } from '../../../test/tiny-model.ts';
import { specOf } from './spec.ts';
import type { LocalModel } from './spec.ts';
import { createTransformersEmbedder } from './transformers-embedder.ts';
import type { TransformersLibrary } from './transformers-library.ts';

const log = createLog({ level: 'silent', format: 'json' });
const WORDS = { graph: [1, 0, 0], neural: [0, 2, 0], network: [0, 0, 3] };

function specFor(EMBEDDINGS_MODEL: string, more: Record<string, string> = {}): LocalModel {
  const spec = specOf(readConfig({ EMBEDDINGS_MODEL, ...more }));
  assert.ok(spec?.kind === 'local');
  return spec;
}

const rounded = (vectors: Float32Array[]) =>
  vectors.map((vector) => [...vector].map((value) => Number(value.toFixed(3))));

describe('with a stand-in of the library', () => {
  interface Call {
    texts: string[];
    pooling: string;
  }

  function set(
    model = 'transformers:me/tiny',
    { fail = 0, dims = 2, value = 3 } = {},
    more: Record<string, string> = {},
  ) {
    const calls: Call[] = [];
    const loaded: { model: string; dtype: string; folder: string | null }[] = [];
    let failures = fail;
    const library: TransformersLibrary = {
      env: { cacheDir: null, localModelPath: '' },
      async pipeline(_task, name, { dtype }) {
        if (failures-- > 0) throw new Error('Unauthorized access to file\nwith a long tail');
        loaded.push({ model: name, dtype, folder: library.env.cacheDir });
        return async (texts, { pooling }) => {
          calls.push({ texts, pooling });
          return { dims: [texts.length, dims], data: texts.flatMap((text) => [value, text.length]) };
        };
      },
    };
    const load = async () => library;
    const embedder = createTransformersEmbedder({ spec: specFor(model, more), dataDir: '/data', log, load });
    return { embedder, calls, loaded };
  }

  test('texts of like length go together, eight at a time, and vectors come back in order, of unit length', async () => {
    const { embedder, calls, loaded } = set('transformers:me/tiny?dtype=q8&pooling=cls');
    const texts = Array.from({ length: 20 }, (_, at) => 'x'.repeat(1 + ((at * 7) % 20)));
    const vectors = await embedder.encode(texts);
    for (const [at, vector] of vectors.entries()) {
      assert.ok(Math.abs((vector[1] ?? 0) / (vector[0] ?? 1) - (texts[at]?.length ?? 0) / 3) < 1e-5);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6);
    }
    assert.deepEqual(
      calls.map(({ texts: together, pooling }) => [together.length, together.at(-1)?.length, pooling]),
      [
        [8, 8, 'cls'],
        [8, 16, 'cls'],
        [4, 20, 'cls'],
      ],
    );
    assert.deepEqual(loaded, [{ model: 'me/tiny', dtype: 'q8', folder: '/data/models' }]);
    assert.equal(embedder.name, 'transformers:me/tiny?dtype=q8&pooling=cls');
  });

  test('papers and questions have their prefixes', async () => {
    const { embedder, calls } = set(
      'transformers:me/tiny',
      {},
      {
        EMBEDDINGS_PAPER_PREFIX: 'passage:',
        EMBEDDINGS_QUERY_PREFIX: 'query:',
      },
    );
    await embedder.encode([{ title: 'T', abstract: 'A' }]);
    assert.equal((await embedder.encode(['Q', ' ']))[1]?.length, 2);
    assert.deepEqual(
      calls.map(({ texts }) => texts),
      [['passage: T\nA'], ['query: Q']],
    );
  });

  test('a model that cannot be loaded is tried again with the next texts', async () => {
    const { embedder, loaded } = set('transformers:me/tiny', { fail: 1 });
    await assert.rejects(embedder.encode(['a']), {
      message: 'The model me/tiny cannot be loaded by transformers.js: Unauthorized access to file',
      hint: 'Its files are looked for on Hugging Face and in /data/models/me/tiny.',
    });
    await Promise.all([embedder.encode(['a']), embedder.encode(['b'])]);
    assert.equal(loaded.length, 1);
  });

  test('what makes no vectors of texts is refused', async () => {
    await assert.rejects(
      set('transformers:a', { dims: 5 }).embedder.encode(['a']),
      /makes no vectors of texts: its answer is 1 × 5/,
    );
    await assert.rejects(set('transformers:a', { value: Number.NaN }).embedder.encode(['a']), /what is no number/);
  });

  test('stopping stops between two runs', async () => {
    const { embedder, calls } = set();
    await assert.rejects(embedder.encode(['a'], AbortSignal.abort(new Error('shutting down'))), /shutting down/);
    assert.equal(calls.length, 0);
  });
});

const installed = isInstalled('@huggingface/transformers');

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false;
  }
}

test(
  'where the library is missing, the message says how to install it',
  { skip: installed ? 'it is installed here' : false },
  async () => {
    const embedder = createTransformersEmbedder({ spec: specFor('transformers:a/b'), dataDir: '/nowhere', log });
    await assert.rejects(embedder.encode(['a']), {
      message:
        'EMBEDDINGS_MODEL asks for a model of transformers.js, and @huggingface/transformers is not installed: ' +
        'npm install --no-save --save-prod --ignore-scripts @huggingface/transformers',
    });
  },
);

describe(
  'with the library itself and a model made here',
  {
    skip: installed
      ? false
      : 'optional, 500 MB: npm install --no-save --save-prod --ignore-scripts @huggingface/transformers',
  },
  () => {
    let dataDir = '';
    before(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-tiny-'));
      writeTinyModel(join(dataDir, 'models/me/tiny'), WORDS);
    });
    after(() => rmSync(dataDir, { recursive: true }));

    test('texts become the mean of their words', async () => {
      const embedder = createTransformersEmbedder({ spec: specFor('transformers:me/tiny'), dataDir, log });
      const texts = ['graph', 'Neural network', 'graph network graph network', 'nothing known', ''];
      assert.deepEqual(rounded(await embedder.encode(texts)), [
        [1, 0, 0],
        [0, 0.555, 0.832],
        [0.316, 0, 0.949],
        [0, 0, 0],
        [0, 0, 0],
      ]);
    });

    test('or the first word, and what is too long is cut', async () => {
      const embedder = createTransformersEmbedder({ spec: specFor('transformers:me/tiny?pooling=cls'), dataDir, log });
      assert.deepEqual(rounded(await embedder.encode(['neural graph', 'graph '.repeat(5_000)])), [
        [0, 1, 0],
        [1, 0, 0],
      ]);
    });

    test('a model that is not there is named', async () => {
      const embedder = createTransformersEmbedder({ spec: specFor('transformers:me/tiny?dtype=q8'), dataDir, log });
      await assert.rejects(embedder.encode(['a']), /The model me\/tiny cannot be loaded by transformers\.js/);
    });
  },
);
