/** What the search keeps of papers, made of their texts alone: packed terms, and vectors if there is a model. Pure. */

import { crc32 } from 'node:zlib';
import { packPaper } from './lexical/terms.ts';
import { newStems } from './stems.ts';
import type { Stems } from './stems.ts';
import { packVector } from './vectors/pack.ts';

export interface DueText {
  title: string;
  abstract: string;
  /** As they are stored, see `PaperTable`. */
  authors: string;
  /** Space separated, the primary first. */
  categories: string;
}

/** Of some papers, in their order. */
export interface ReadPapers {
  /** What `packPaper` made of each, one after another. */
  terms: Uint8Array;
  /** How many bytes of `terms` each has. */
  lengths: Uint32Array;
  /** What `hashText` says of each. */
  hashes: Uint32Array;
  /** What `packVector` made of each, one after another; empty without a model. */
  vectors: Int8Array;
}

/** `encodeStems` makes the vector of a paper from the stems of its title and abstract. */
export function readPapers(papers: readonly DueText[], encodeStems?: (stems: Stems) => Float32Array): ReadPapers {
  const stems = newStems();
  const packed: Uint8Array[] = [];
  const vectors: Int8Array[] = [];
  for (const paper of papers) {
    packed.push(packPaper({ ...paper, authors: namesOf(paper.authors) }, stems));
    if (encodeStems) vectors.push(packVector(encodeStems(stems)));
  }
  return {
    terms: joined(new Uint8Array(sumOf(packed)), packed),
    lengths: Uint32Array.from(packed, ({ length }) => length),
    hashes: Uint32Array.from(papers, hashText),
    vectors: joined(new Int8Array(sumOf(vectors)), vectors),
  };
}

/** Of what is encoded. */
export function hashText({ title, abstract }: { title: string; abstract: string }): number {
  return crc32(abstract, crc32(title));
}

/** Affiliations are left out: what an institution is called says little of what a paper is about. */
function namesOf(authors: string): string[] {
  const rows = JSON.parse(authors) as [family: string, given: string, suffix: string, affiliation: string][];
  return rows.map(([family, given]) => `${given} ${family}`);
}

function sumOf(pieces: readonly ArrayLike<number>[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** An array of its own, and not a piece of a larger one, can be handed to another thread without being copied. */
function joined<Bytes extends Uint8Array | Int8Array>(into: Bytes, pieces: readonly Bytes[]): Bytes {
  let at = 0;
  for (const piece of pieces) {
    into.set(piece, at);
    at += piece.length;
  }
  return into;
}
