/**
 * `npm run eval -- DIR… [--json]`: how well `/search` finds what it should, on test collections in BEIR's layout.
 * Each collection becomes a database of its own in the temporary folder and is asked through the search of the site:
 * by words alone, by vectors alone, and by both. Average precision knows no more places than `/search` ranks, 500.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '#app.ts';
import { readConfig } from '#platform/config.ts';
import { AppError } from '#platform/errors.ts';
import { SEARCH_DEPTH } from '#feed/search-depth.ts';
import { savePapers } from '#papers/save.ts';
import { indexPapers } from '#search/index-papers.ts';
import { readCollection } from '#search/eval/collection.ts';
import type { Collection } from '#search/eval/collection.ts';
import { meanScores, scoreRanking } from '#search/eval/metrics.ts';
import type { Scores } from '#search/eval/metrics.ts';
import type { Db } from '#schema.ts';

const METHODS = { lexical: 'words', vector: 'meaning', hybrid: 'both' } as const;
const MEASURES = ['ndcg@10', 'map', 'recall@100'] as const;
/** Papers a transaction. */
const BATCH = 500;

type Evaluation = { collection: string } & Record<keyof typeof METHODS, Scores>;

const HELP = `npm run eval -- DIR… [--json]
  DIR      a folder with docs.jsonl, queries.jsonl (either may be gzipped) and qrels.tsv, as BEIR has them
  --json   prints the scores as JSON
`;

process.exitCode = await main(process.argv.slice(2));

/** The exit code: 2 if nothing was measured. */
async function main(args: string[]): Promise<number> {
  let read;
  try {
    const options = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    read = parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    process.stderr.write(`${(error as Error).message.split('. ')[0]}\n${HELP}`);
    return 2;
  }
  if (read.values.help !== true) return await evaluateAll(read.positionals, read.values.json === true);
  process.stdout.write(HELP);
  return 0;
}

async function evaluateAll(folders: string[], json: boolean): Promise<number> {
  if (folders.length === 0) {
    process.stderr.write(
      'Name at least one folder with docs.jsonl, queries.jsonl and qrels.tsv: npm run eval -- DIR…\n',
    );
    return 2;
  }
  try {
    const evaluations: Evaluation[] = [];
    for (const folder of folders) {
      process.stderr.write(`evaluating ${folder} …\n`);
      evaluations.push(await evaluate(readCollection(folder)));
    }
    process.stdout.write(json ? `${JSON.stringify(evaluations)}\n` : table(evaluations));
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${[error.message, error.hint].filter(Boolean).join('\n')}\n`);
    return 2;
  }
}

async function evaluate(collection: Collection): Promise<Evaluation> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-eval-'));
  try {
    await using app = await createApp(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
    const idOf = await store(app.db, collection);
    await indexPapers(app);
    const scores: Record<keyof typeof METHODS, Scores[]> = { lexical: [], vector: [], hybrid: [] };
    for (const { text, judgements } of collection.queries) {
      for (const [method, by] of Object.entries(METHODS) as [keyof typeof METHODS, 'words' | 'meaning' | 'both'][]) {
        const found = await app.search.find({
          // Not parsed: a mark that `/search` reads as an operator is punctuation here, and so 250 characters are no limit.
          query: { parts: [{ kind: 'word', text }], sort: 'relevance' },
          limit: SEARCH_DEPTH,
          by,
        });
        const ranking = found.papers.map(({ seq }) => idOf.get(seq) ?? '');
        const score = scoreRanking(ranking, judgements);
        if (score !== undefined) scores[method].push(score);
      }
    }
    return {
      collection: collection.name,
      lexical: meanScores(scores.lexical),
      vector: meanScores(scores.vector),
      hybrid: meanScores(scores.hybrid),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Saves the documents as papers. Returns the documents' ids by the papers' numbers. */
async function store(db: Db, { documents }: Collection): Promise<Map<number, string>> {
  for (let start = 0; start < documents.length; start += BATCH) {
    const drafts = documents.slice(start, start + BATCH).map(({ title, text }, at) => ({
      id: `eval:${start + at}`,
      title,
      abstract: text,
      authors: [],
      categories: [],
      publishedOn: '2000-01-01',
    }));
    await db.transaction().execute(async (trx) => await savePapers(trx, drafts, 0));
  }
  const rows = await db.selectFrom('papers').select(['seq', 'id']).execute();
  return new Map(rows.map(({ seq, id }) => [seq, documents[Number(id.slice('eval:'.length))]?.id ?? '']));
}

function table(evaluations: readonly Evaluation[]): string {
  const header = [
    'collection',
    ...Object.keys(METHODS).flatMap((method) => MEASURES.map((name) => `${method} ${name}`)),
  ];
  const rows = evaluations.map((evaluation) => [
    evaluation.collection,
    ...(Object.keys(METHODS) as (keyof typeof METHODS)[]).flatMap((method) =>
      MEASURES.map((name) => evaluation[method][name].toFixed(4)),
    ),
  ]);
  const widths = header.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
  return line(header) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}
