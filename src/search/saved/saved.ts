/**
 * Indexes in files of their own, so that a start reads them instead of building them. A file is a copy that may be deleted
 * at any time: one that does not fit to the letter is passed over, with a line in the log, and the index built as if there were none.
 */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import { openFile, writeFile } from './file.ts';
import type { About, OpenFile } from './file.ts';
import { thisProgram } from './program.ts';
import type { Shape } from './shape.ts';
import { addSaved, isKnown } from './store.ts';

/** What is saved: the index of words and conditions, and that of what is offered while typing. */
const SAVED = ['words', 'offers'] as const;
export type SavedName = (typeof SAVED)[number];

export interface SavedContext {
  db: Db;
  /** Not one of their own: a file that another user has made cannot be read, but taken the place of. */
  folder: string;
  log: Log;
  clock: Clock;
  /** Changes that are worth a file; by default as many as make a start feel them. */
  few?: number;
}

/** An index with the papers up to a change. */
export interface Followed<Index> {
  index: Index;
  changeNo: number;
}

export interface Current<Index> extends Followed<Index> {
  papers: number;
  /** How many papers have changed since that change. */
  countSince(changeNo: number): Promise<number>;
  isWorn: boolean;
  /** Whether the index is still as it was when it was handed over. */
  isStill(): boolean;
}

export interface SavedIndex<Index> {
  /** Undefined if there is none that fits. Throws only if the database fails. */
  load(): Promise<Followed<Index> | undefined>;
  /**
   * Writes the index if enough has changed since it was written; whether it has. Throws an AppError if it cannot be
   * written; what is there stays.
   */
  save(current: Current<Index>): Promise<boolean>;
}

/** Fewer papers are read from the database in some 50 ms, which is less than writing all of them costs. */
const FEW = 1000;
/** Of a larger index as much again as one part in so many. */
const PART = 100;

const PASSED_OVER = 'a saved index is passed over and made anew';

/** `name` is that of the file and of what is in it. */
export function openSaved<Index>(context: SavedContext, name: SavedName, shape: Shape<Index>): SavedIndex<Index> {
  const { db, log, clock } = context;
  const file = savedFile(context.folder, name);
  /** Whether what is in it could not be read, which its end does not tell. */
  let isDamaged = false;

  async function load(): Promise<Followed<Index> | undefined> {
    await using opened = await openFitting(context, name, (problem) =>
      log.warn({ file }, `${PASSED_OVER}: ${problem}`),
    );
    if (opened === undefined) return undefined;
    const { about, facts, arrays } = opened.directory;
    if (about.isWorn) {
      log.info({ file }, `${PASSED_OVER}: many of its papers have changed since`);
      return undefined;
    }
    try {
      const made = shape.make(facts, Object.fromEntries(arrays.map((array) => [array.name, array.bytes])));
      await opened.fill(made.arrays);
      return { index: made.finish(), changeNo: about.changeNo };
    } catch (error) {
      isDamaged = true;
      log.warn({ file }, `${PASSED_OVER}: ${wordsOf(error)}`);
      return undefined;
    }
  }

  async function isDue({ papers, isWorn, countSince }: Current<Index>): Promise<boolean> {
    const few = context.few ?? Math.max(FEW, papers / PART);
    if (papers < few) return false;
    if (isDamaged) return true;
    await using opened = await openFitting(context, name, () => undefined);
    if (opened === undefined) return true;
    const { about } = opened.directory;
    return (about.isWorn && !isWorn) || (await countSince(about.changeNo)) >= few;
  }

  return {
    load,
    async save(current) {
      if (!(await isDue(current)) || !current.isStill()) return false;
      const { index, changeNo, isWorn, isStill } = current;
      const about: About = { program: thisProgram(), token: randomUUID(), changeNo, savedAt: clock.now(), isWorn };
      const beforeRename = async () => {
        const row = { token: about.token, name, change_no: changeNo, saved_at: about.savedAt };
        await db.transaction().execute(async (trx) => await addSaved(trx, row));
      };
      try {
        const content = { facts: shape.facts(index), arrays: () => shape.arrays(index) };
        const isWritten = await writeFile(file, about, content, { isStill, beforeRename });
        if (isWritten) isDamaged = false;
        return isWritten;
      } catch (cause) {
        throw new AppError('upstream', `${file} cannot be written: ${wordsOf(cause)}`, { cause });
      }
    },
  };
}

export interface SavedFile {
  name: SavedName;
  bytes: number;
  /** Epoch ms. */
  savedAt: number;
}

/** The files that a start would read now. */
export async function listSaved(context: Pick<SavedContext, 'db' | 'folder'>): Promise<SavedFile[]> {
  const found: SavedFile[] = [];
  for (const name of SAVED) {
    await using opened = await openFitting(context, name, () => undefined);
    if (opened !== undefined) found.push({ name, bytes: opened.bytes, savedAt: opened.directory.about.savedAt });
  }
  return found;
}

export function savedFile(folder: string, name: SavedName): string {
  return join(folder, `search-${name}.index`);
}

/** The file if it was made by this program of this database; if it is there and was not, `onProblem` is told why. */
async function openFitting(
  { db, folder }: Pick<SavedContext, 'db' | 'folder'>,
  name: SavedName,
  onProblem: (problem: string) => void,
): Promise<OpenFile | undefined> {
  let opened: OpenFile | undefined;
  try {
    opened = await openFile(savedFile(folder, name));
  } catch (error) {
    onProblem(wordsOf(error));
    return undefined;
  }
  if (opened === undefined) return undefined;
  const { program, token, changeNo } = opened.directory.about;
  try {
    const problem =
      program !== thisProgram()
        ? 'another version of the program made it'
        : (await isKnown(db, { token, name, change_no: changeNo }))
          ? undefined
          : 'it is not of this database, or of a later state of it';
    if (problem === undefined) return opened;
    onProblem(problem);
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
  await opened[Symbol.asyncDispose]();
  return undefined;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
