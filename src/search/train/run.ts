/** `npm run train`: makes the embedding model anew, from the default data or one's own. */

import { writeFileSync } from 'node:fs';
import { AppError } from '#platform/errors.ts';
import { packModel } from '../model-file.ts';
import { readCorpus } from './corpus.ts';
import { HELP, readOptions } from './options.ts';
import type { Request } from './options.ts';
import { train } from './train.ts';

const report = (line: string): void => void process.stderr.write(`${line}\n`);
process.exitCode = await main(process.argv.slice(2));

/** The exit code: 2 if nothing was made. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const request = readOptions(args);
    if (request === 'help') process.stdout.write(HELP);
    else await makeModel(request);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report([error.message, error.hint].filter(Boolean).join('\n'));
    return 2;
  }
}

async function makeModel({ data, out, ...options }: Request): Promise<void> {
  report(`reading ${data} …`);
  const corpus = await readCorpus(data);
  report(`${corpus.papers} papers, ${corpus.tokens.length} words, ${corpus.words.length} of them different`);
  const { model, score } = await train(corpus, { ...options, report });
  writeFileSync(out, packModel(model));
  process.stdout.write(`${JSON.stringify({ file: out, ...score })}\n`);
}
