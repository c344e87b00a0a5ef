/** What the parts of this bench share. */

import type { Bench } from '../bench.ts';
import type { Corpus } from './corpus.ts';
import type { Asked, Kind } from './questions.ts';

export interface SearchBench {
  bench: Bench;
  corpus: Corpus;
  questions: Record<Kind, Asked[]>;
}
