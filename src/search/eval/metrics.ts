/** How good a ranking is, by trec_eval's definitions: nDCG@10 with graded gains, average precision, recall@100. */

/** Document id to grade; only grades above 0 are relevant. */
export type Judgements = ReadonlyMap<string, number>;

export interface Scores {
  'ndcg@10': number;
  map: number;
  'recall@100': number;
}

/** `ranking` best first, each id once. A question without relevant documents has no scores. */
export function scoreRanking(ranking: readonly string[], judgements: Judgements): Scores | undefined {
  const grades = [...judgements.values()].filter((grade) => grade > 0);
  if (grades.length === 0) return undefined;
  return {
    'ndcg@10': ndcg(ranking, judgements, grades, 10),
    map: averagePrecision(ranking, judgements, grades.length),
    'recall@100': ranking.slice(0, 100).filter((id) => isRelevant(judgements, id)).length / grades.length,
  };
}

export function meanScores(scores: readonly Scores[]): Scores {
  const mean = (of: (scores: Scores) => number) =>
    scores.length === 0 ? 0 : scores.reduce((sum, each) => sum + of(each), 0) / scores.length;
  return {
    'ndcg@10': mean((each) => each['ndcg@10']),
    map: mean((each) => each.map),
    'recall@100': mean((each) => each['recall@100']),
  };
}

/** The gain is the grade itself, as in trec_eval and BEIR; its discount the logarithm of the place. */
function ndcg(ranking: readonly string[], judgements: Judgements, grades: readonly number[], depth: number): number {
  const gained = ranking.slice(0, depth).map((id) => Math.max(0, judgements.get(id) ?? 0));
  const ideal = grades.toSorted((a, b) => b - a).slice(0, depth);
  return discounted(gained) / discounted(ideal);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

function averagePrecision(ranking: readonly string[], judgements: Judgements, relevant: number): number {
  let found = 0;
  let sum = 0;
  for (const [index, id] of ranking.entries()) {
    if (!isRelevant(judgements, id)) continue;
    found++;
    sum += found / (index + 1);
  }
  return sum / relevant;
}

function isRelevant(judgements: Judgements, id: string): boolean {
  return (judgements.get(id) ?? 0) > 0;
}
