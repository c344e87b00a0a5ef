/** How well a model finds the abstract of a title among all held-out abstracts. */

import { encodeRows } from '../embed.ts';
import type { Model } from '../embed.ts';
import type { Texts } from './choose.ts';
import { products } from './products.ts';
import type { Matrix } from './products.ts';
import { seededRandom } from './random.ts';

export interface Score {
  papers: number;
  /** Shares of the titles whose abstract is first, or among the first ten. */
  first: number;
  firstTen: number;
  /** The same with each word of the title left out at even odds: a searcher does not know the title. */
  halfFirst: number;
  halfFirstTen: number;
}

/** Of the papers in [from, to); an even number of them. */
export function scoreHeldOut(model: Model, texts: Texts, { from, to }: { from: number; to: number }): Score {
  const random = seededRandom(1);
  const everything = (): boolean => true;
  const abstracts = encodeAll(model, texts, { from, to, side: 1, keep: everything });
  const full = ranks(encodeAll(model, texts, { from, to, side: 0, keep: everything }), abstracts);
  const half = ranks(encodeAll(model, texts, { from, to, side: 0, keep: () => random() < 0.5 }), abstracts);
  const share = (found: Uint32Array, within: number): number =>
    found.filter((rank) => rank < within).length / found.length;
  return {
    papers: to - from,
    first: share(full, 1),
    firstTen: share(full, 10),
    halfFirst: share(half, 1),
    halfFirstTen: share(half, 10),
  };
}

/** The rank of an abstract that is not found at all. */
const NEVER = 2 ** 32 - 1;

interface Selection {
  from: number;
  to: number;
  side: 0 | 1;
  keep: () => boolean;
}

function encodeAll(model: Model, { rows, starts }: Texts, { from, to, side, keep }: Selection): Matrix {
  const { dimensions } = model;
  const data = new Float64Array((to - from) * dimensions);
  for (let paper = from; paper < to; paper++) {
    const text = 2 * paper + side;
    const kept = rows.subarray(starts[text] as number, starts[text + 1] as number).filter(keep);
    model.scratch.rows.set(kept);
    data.set(encodeRows(model, kept.length), (paper - from) * dimensions);
  }
  return { data, width: dimensions };
}

/** How many wrong abstracts are closer to each title than its own. */
function ranks(titles: Matrix, abstracts: Matrix): Uint32Array {
  const papers = titles.data.length / titles.width;
  const found = new Uint32Array(papers);
  const pair = { data: new Float64Array(2 * papers), width: papers };
  for (let paper = 0; paper < papers; paper += 2) {
    const both = { data: titles.data.subarray(paper * titles.width, (paper + 2) * titles.width), width: titles.width };
    products(both, abstracts, pair, 0, 2);
    for (const index of [0, 1]) {
      const cosines = pair.data.subarray(index * papers, (index + 1) * papers);
      const own = cosines[paper + index] as number;
      // So written, what is no number counts as closer, and never as found.
      const closer = cosines.reduce((count, cosine) => count + (cosine <= own ? 0 : 1), 0);
      found[paper + index] = Number.isFinite(own) ? closer : NEVER;
    }
  }
  return found;
}
