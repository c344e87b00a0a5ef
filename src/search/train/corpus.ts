/** Reads training text into numbers: each word of each title and abstract becomes the number of its stem. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { AppError } from '#platform/errors.ts';
import { stem } from '../stem.ts';
import { tokenize } from '../tokens.ts';

/** Text 2p is the title of paper p, text 2p + 1 its abstract; text t is `tokens[starts[t] … starts[t + 1])`. */
export interface Corpus {
  words: string[];
  tokens: Uint32Array;
  starts: Uint32Array;
  papers: number;
}

/** From `.tsv` (title TAB abstract) or `.jsonl` (`title`, `abstract`), gzipped or not; lines with neither are skipped. */
export async function readCorpus(file: string, limit = Infinity): Promise<Corpus> {
  const numbers = new Map<string, number>();
  let tokens = new Uint32Array(1 << 20);
  let length = 0;
  const starts: number[] = [0];
  const add = (text: string): void => {
    for (const token of tokenize(text)) {
      if (length === tokens.length) tokens = grown(tokens);
      tokens[length++] = numberOf(numbers, token);
    }
    starts.push(length);
  };
  let number = 0;
  for await (const line of lines(file)) {
    const paper = readLine(file, line, ++number);
    if (paper === undefined) continue;
    add(paper.title);
    add(paper.abstract);
    if (starts.length > 2 * limit) break;
  }
  if (starts.length === 1) throw new AppError('invalid', `${file} holds no titles and abstracts.`);
  return {
    ...byStem([...numbers.keys()], tokens.subarray(0, length)),
    starts: Uint32Array.from(starts),
    papers: (starts.length - 1) / 2,
  };
}

function numberOf(numbers: Map<string, number>, word: string): number {
  let number = numbers.get(word);
  if (number === undefined) numbers.set(word, (number = numbers.size));
  return number;
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Each spelling is stemmed once, not each time it is met. */
function byStem(spellings: string[], tokens: Uint32Array): { words: string[]; tokens: Uint32Array } {
  const stems = new Map<string, number>();
  const stemOf = Uint32Array.from(spellings, (spelling) => numberOf(stems, stem(spelling)));
  return { words: [...stems.keys()], tokens: tokens.map((token) => stemOf[token] as number) };
}

function lines(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  return createInterface({ input, crlfDelay: Infinity });
}

function readLine(file: string, line: string, number: number): { title: string; abstract: string } | undefined {
  if (/\.jsonl(\.gz)?$/.test(file)) {
    if (line.trim() === '') return undefined;
    const { title, abstract } = parseLine(file, line, number);
    return typeof title === 'string' && typeof abstract === 'string' ? { title, abstract } : undefined;
  }
  const [title, abstract] = line.split('\t');
  return title !== undefined && abstract !== undefined ? { title, abstract } : undefined;
}

function parseLine(file: string, line: string, number: number): { title?: unknown; abstract?: unknown } {
  try {
    return (JSON.parse(line) ?? {}) as { title?: unknown; abstract?: unknown };
  } catch (cause) {
    const hint = 'Each line should be like {"title": "…", "abstract": "…"}.';
    throw new AppError('invalid', `${file}, line ${number}: this is not JSON.`, { cause, hint });
  }
}
