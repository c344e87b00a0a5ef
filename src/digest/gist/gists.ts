/** The gist of each paper: the language model's where one is configured and it wrote something usable, otherwise our own. */

import { createHash } from 'node:crypto';
import type { PaperId } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import type { Embedder } from '#search/embedder.ts';
import type { Press } from '../press.ts';
import { openLanguageModel } from './ask-model.ts';
import type { LanguageModel } from './ask-model.ts';
import { centralSentence } from './central.ts';
import { checkAnswer } from './check-answer.ts';
import { isAddressedToMachines } from './injection.ts';
import { splitSentences } from './sentences.ts';
import { findGists, keepGist } from './store.ts';
import type { KeptGist } from './store.ts';

export interface Gist {
  text: string;
  /** The model that wrote it; undefined for a sentence of the abstract. */
  by: string | undefined;
}

export interface Texts {
  id: PaperId;
  title: string;
  abstract: string;
}

export interface Gists {
  /** Those at hand; our own where the model has not written any. At most one query. */
  find(papers: readonly Texts[]): Promise<Map<PaperId, Gist>>;
  /** Has the model write those that are missing, for as long as its time lasts. Never throws for the model's sake. */
  prepare(papers: readonly Texts[], signal?: AbortSignal): Promise<void>;
}

/** At once: model servers take turns anyway. */
const ASKED_AT_ONCE = 4;
/** Mails wait for the model no longer than this in one run; what is missing then is printed as our own. */
const BUDGET_MS = 120_000;
/** After so many failures one after the other it is asked again in the next run. */
const MOST_FAILURES = 3;
/** Our own, remembered: a paper stands in many mails. Some 2 MB. */
const REMEMBERED = 5_000;

type Surroundings = Pick<Press, 'db' | 'config' | 'clock' | 'fetch' | 'log' | 'shipped'>;

export function openGists(press: Surroundings): Gists {
  const model = openLanguageModel(press);
  const own = new Map<string, string>();
  const embedder = () => press.shipped().embedder;

  async function ownGist(paper: Texts): Promise<Gist> {
    const key = hashOf(paper);
    const text = own.get(key) ?? (await centralSentence(paper, embedder()));
    if (own.size >= REMEMBERED) own.clear();
    own.set(key, text);
    return { text, by: undefined };
  }

  return {
    async find(papers) {
      const kept = model === undefined ? new Map<PaperId, KeptGist>() : await keptBy(press, model, papers);
      const gists = new Map<PaperId, Gist>();
      for (const paper of papers) {
        const text = usable(kept.get(paper.id), paper);
        gists.set(paper.id, text === undefined || text === null ? await ownGist(paper) : { text, by: model?.name });
      }
      return gists;
    },
    async prepare(papers, signal) {
      if (model === undefined) return;
      const kept = await keptBy(press, model, papers);
      const missing = papers.filter((paper) => usable(kept.get(paper.id), paper) === undefined);
      await write({ ...press, model, embedder: embedder() }, missing, signal);
    },
  };
}

async function keptBy({ db }: Surroundings, { name }: LanguageModel, papers: readonly Texts[]) {
  return await findGists(
    db,
    name,
    papers.map(({ id }) => id),
  );
}

/** Undefined where the model was not asked, or has read another version of the abstract. */
function usable(kept: KeptGist | undefined, paper: Texts): string | null | undefined {
  return kept !== undefined && kept.abstractHash === hashOf(paper) ? kept.text : undefined;
}

function hashOf({ title, abstract }: Texts): string {
  return createHash('sha256').update(`${title}\n${abstract}`).digest('base64url').slice(0, 22);
}

type Writing = Surroundings & { model: LanguageModel; embedder: Embedder | undefined };

async function write(writing: Writing, missing: readonly Texts[], signal: AbortSignal | undefined): Promise<void> {
  const { clock, log } = writing;
  const until = clock.now() + BUDGET_MS;
  const waiting = missing.values();
  let failures = 0;
  const worker = async () => {
    for (const paper of waiting) {
      if (failures >= MOST_FAILURES || clock.now() >= until || signal?.aborted === true) return;
      try {
        await writeOne(writing, paper, signal);
        failures = 0;
      } catch (error) {
        signal?.throwIfAborted();
        failures += 1;
        log.warn({ err: error, paper: paper.id }, 'a model wrote no gist; ours is printed');
      }
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, worker));
}

async function writeOne(
  { db, clock, log, model, embedder }: Writing,
  paper: Texts,
  signal: AbortSignal | undefined,
): Promise<void> {
  const readable = { title: texToPlain(paper.title), abstract: texToPlain(paper.abstract) };
  // Whoever tries to give orders to a model does not get to speak to one.
  const isHarmless = !splitSentences(`${readable.title}\n${readable.abstract}`).some(isAddressedToMachines);
  const text = isHarmless ? await checkAnswer(await model.ask(readable, signal), readable, embedder) : undefined;
  if (text === undefined) log.info({ paper: paper.id, isHarmless }, 'the gist of a model is not printed; ours is');
  await keepGist(
    db,
    { paperId: paper.id, source: model.name, abstractHash: hashOf(paper), text: text ?? null },
    clock.now(),
  );
}
