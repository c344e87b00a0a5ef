/** The use case behind `broadsheet import`: papers from one file, in batches, safe to stop and to repeat. */

import type { Readable } from 'node:stream';
import type { PaperDraft } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import type { Day } from '#platform/day.ts';
import { AppError, invalid } from '#platform/errors.ts';
import type { SourceContext } from './context.ts';
import { EXPECTED, foreignContent } from './files/formats.ts';
import { readLines } from './files/lines.ts';
import type { Line } from './files/lines.ts';
import { openInput } from './files/open.ts';
import type { Input } from './files/open.ts';
import { readRecord } from './files/record.ts';
import { latestDay } from './possible-days.ts';

export interface ImportCounts {
  /** Lines read, empty ones left out. */
  lines: number;
  added: number;
  changed: number;
  unchanged: number;
  /** Lines that are no papers. */
  skipped: number;
}

export interface ImportProgress extends ImportCounts {
  /** Bytes of the file as it lies on the disk. */
  bytesRead: number;
  /** Undefined for a pipe. */
  totalBytes?: number;
}

export interface LineProblem {
  line: number;
  message: string;
}

export interface ImportOptions {
  /**
   * Stop at the first line that is no paper. The batches before it stay, of its own batch nothing is written;
   * the error says up to which line papers were saved.
   */
  strict?: boolean;
  /** Stops between two batches; what they saved stays, and the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  onProgress?: (progress: ImportProgress) => void;
  onProblem?: (problem: LineProblem) => void;
  /** Awaited after every batch, outside of its transaction. */
  afterBatch?: () => Promise<void>;
  /** Read for the path `-`; the process's own unless a test says otherwise. */
  standardInput?: Readable;
}

/** One transaction: other writers wait for some 50 ms; with 500 memory grows by half and nothing is faster. */
const BATCH = 200;
/** A file whose first lines are all broken holds something else than papers. */
const HOPELESS_LINES = 1000;

/** What one import has come to. */
interface Run {
  context: SourceContext;
  /** No paper is from later. */
  latestDay: Day;
  input: Input;
  options: ImportOptions;
  counts: ImportCounts;
  drafts: PaperDraft[];
  /** Line of the last draft in `drafts`. */
  lastLine: number;
  /** Up to this line everything is in the database. */
  savedLine: number;
  /** Kept back until the first paper shows that the file is one of papers. */
  held: LineProblem[];
}

/**
 * Imports a file of papers, or standard input for the path `-`. Nothing is written if the file is not what it
 * should be, compressed files being read to their end beforehand; broken lines are reported and left out.
 * Repeating an import changes nothing; one that was killed goes on when it is repeated.
 */
export async function importFile(
  context: SourceContext,
  path: string,
  options: ImportOptions = {},
): Promise<ImportCounts> {
  const input = await openInput(path, options.standardInput);
  const counts = { lines: 0, added: 0, changed: 0, unchanged: 0, skipped: 0 };
  const run: Run = {
    context,
    latestDay: latestDay(context.clock.now()),
    input,
    options,
    counts,
    drafts: [],
    lastLine: 0,
    savedLine: 0,
    held: [],
  };
  try {
    if (input.compression !== undefined && input.totalBytes !== undefined) await readThrough(path, options.signal);
    for await (const lines of readLines(startChecked(input))) await takeLines(run, lines);
    await saveBatch(run);
    if (counts.lines === 0) throw invalid(`${input.name} is empty: nothing was imported.`);
    if (counts.lines === counts.skipped) throw hopeless(run);
    return counts;
  } catch (error) {
    if (!(error instanceof AppError) || run.savedLine === 0) throw error;
    throw invalid(`${error.message} The papers up to line ${run.savedLine} are saved; importing again is safe.`);
  } finally {
    input.close();
  }
}

/** Throws if the compressed data is damaged or breaks off; costs some 3 % of the import that it protects. */
async function readThrough(path: string, signal: AbortSignal | undefined): Promise<void> {
  const input = await openInput(path);
  try {
    for await (const _ of input.chunks) signal?.throwIfAborted();
  } finally {
    input.close();
  }
}

async function* startChecked(input: Input): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of input.chunks) {
    const problem = isFirst ? foreignContent(chunk) : undefined;
    if (problem !== undefined) throw invalid(`${input.name} ${problem}.`);
    isFirst = false;
    yield chunk;
  }
}

async function takeLines(run: Run, lines: readonly Line[]): Promise<void> {
  for (const line of lines) {
    run.options.signal?.throwIfAborted();
    const read = line.text === undefined ? (line.problem ?? '') : readRecord(line.text, run.latestDay);
    run.counts.lines += 1;
    if (typeof read === 'string') takeProblem(run, { line: line.number, message: read });
    else {
      run.drafts.push(read);
      run.lastLine = line.number;
      for (const problem of run.held.splice(0)) run.options.onProblem?.(problem);
    }
    if (run.drafts.length >= BATCH) await saveBatch(run);
  }
}

function takeProblem(run: Run, problem: LineProblem): void {
  const { counts, drafts, savedLine, options } = run;
  counts.skipped += 1;
  if (options.strict) {
    throw invalid(
      `${run.input.name}, line ${problem.line}: ${problem.message}.${savedLine === 0 ? ' Nothing was imported.' : ''}`,
    );
  }
  if (drafts.length > 0 || savedLine > 0) return options.onProblem?.(problem);
  run.held.push(problem);
  if (run.held.length >= HOPELESS_LINES) throw hopeless(run);
}

function hopeless({ input, held: [first] }: Run): AppError {
  return invalid(`${input.name} holds no papers (line ${first?.line}: ${first?.message}): ${EXPECTED}.`);
}

async function saveBatch(run: Run): Promise<void> {
  const { context, input, options, counts, drafts } = run;
  if (drafts.length === 0) return;
  const saved = await context.db
    .transaction()
    .execute(async (trx) => await savePapers(trx, drafts, context.clock.now()));
  counts.added += saved.added;
  counts.changed += saved.changed;
  counts.unchanged += saved.unchanged;
  run.savedLine = run.lastLine;
  run.drafts = [];
  await options.afterBatch?.();
  const { totalBytes } = input;
  options.onProgress?.({
    ...counts,
    bytesRead: input.bytesRead(),
    ...(totalBytes === undefined ? {} : { totalBytes }),
  });
}
