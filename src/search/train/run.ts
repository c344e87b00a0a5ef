/** `npm run train`: makes the embedding model anew, from the default data or one's own. */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { packModel } from '../model-file.ts';
import { readCorpus } from './corpus.ts';
import { train } from './train.ts';

const HELP = `npm run train -- [--data FILE] [--out FILE] [--steps N] [--seed N] [--threads N]
  --data   titles and abstracts: .tsv (title TAB abstract) or .jsonl (title, abstract), also gzipped
  --out    where the model goes; the default is not the shipped one, so look at the scores first
  --words, --dimensions, --batch, --held-out   see src/search/model/MODEL_CARD.md
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    data: { type: 'string', default: '../shared/data/titles-abstracts-250k.tsv.gz' },
    out: { type: 'string', default: 'broadsheet-embed.bin' },
    // As many rows of 256 bytes, their scales and their words as stay below 10 MB (10 000 000 bytes).
    words: { type: 'string', default: '36000' },
    dimensions: { type: 'string', default: '256' },
    steps: { type: 'string', default: '1200' },
    batch: { type: 'string', default: '1024' },
    threads: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    'held-out': { type: 'string', default: '5000' },
  },
});
const report = (line: string): void => void process.stderr.write(`${line}\n`);

if (values.help) process.stdout.write(HELP);
else {
  report(`reading ${values.data} …`);
  const corpus = await readCorpus(values.data);
  report(`${corpus.papers} papers, ${corpus.tokens.length} words, ${corpus.words.length} of them different`);
  const { model, score } = await train(corpus, {
    words: Number(values.words),
    dimensions: Number(values.dimensions),
    steps: Number(values.steps),
    batch: Number(values.batch),
    threads: Number(values.threads),
    seed: Number(values.seed),
    heldOut: Number(values['held-out']),
    report,
  });
  writeFileSync(values.out, packModel(model));
  process.stdout.write(`${JSON.stringify({ file: values.out, ...score })}\n`);
}
