/** The costliest pages of comments that people can write: full of formulas, of kinds that take longest to set. */

import { writeComment } from '#discussion/write-comment.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Crowd } from '../../test/crowd.ts';
import { amount, atMost, median } from '../figure.ts';
import type { Figure } from '../figure.ts';

const TARGET_MS = 150;
/** A page takes so many comments, and 30 000 characters. */
const COMMENTS = 50;
const LENGTH = 590;

/** No two alike, so that nothing that was set for one is of use to the next. */
const KINDS: Record<string, (number: number) => string> = {
  matrices: (number) => String.raw`$\begin{matrix}${number}&1&2&3&4&5&6\\\end{matrix}$ `,
  fractions: (number) => String.raw`$\frac{\sqrt{${number}}}{\sum_{a}^{b}x}$ `,
  indices: (number) => `$x_{${number}}$ `,
  'formulas that cannot be set': (number) => String.raw`$\frac{\sqrt{${number}}}{\sum_{a}^{b}x}\nope$ `,
};

export interface CostlyPaper {
  kind: string;
  id: PaperId;
}

/** The papers are handed out to the kinds in turn. */
export async function discussCostly({ app, people }: Crowd, papers: readonly PaperId[]): Promise<CostlyPaper[]> {
  const kinds = Object.entries(KINDS);
  const costly: CostlyPaper[] = [];
  let formulas = 0;
  for (const [index, id] of papers.entries()) {
    const [kind, formula] = kinds[index % kinds.length] ?? ['', () => ''];
    const began = app.clock.now() - COMMENTS * 60_000;
    for (let number = 0; number < COMMENTS; number += 1) {
      let body = '';
      while (body.length < LENGTH) body += formula((formulas += 1));
      const userId = people[number % people.length]?.user.id ?? '';
      const by = { userId, newAccountHours: app.config.NEW_ACCOUNT_HOURS, now: began + number * 60_000 };
      await writeComment(app.db, { paperId: id, body: body.slice(0, body.lastIndexOf('$') + 1), ...by });
    }
    costly.push({ kind, id });
  }
  return costly;
}

/** Each paper is asked for once, when nothing of it is in memory, and then once more. The costliest kind is reported. */
export async function timeCostly(
  ask: (path: string) => Promise<number>,
  papers: readonly CostlyPaper[],
  dialect: string,
): Promise<Figure[]> {
  const times: { kind: string; first: number; again: number }[] = [];
  for (const { kind, id } of papers) {
    const first = await ask(`/papers/${id}?first`);
    times.push({ kind, first, again: await ask(`/papers/${id}?again`) });
  }
  const kinds = [...Map.groupBy(times, ({ kind }) => kind)].map(([kind, all]) => ({
    kind,
    first: all.map(({ first }) => first),
    again: all.map(({ again }) => again),
  }));
  const costliest = kinds.toSorted((a, b) => median(b.first) - median(a.first))[0];
  if (costliest === undefined) return [];
  const { kind, first, again } = costliest;
  const most = (waits: readonly number[]) => ` (most ${amount(Math.max(...waits))} ms)`;
  return [
    atMost(
      `  a page of ${kind} from edge to edge, seen first (${dialect})`,
      median(first),
      TARGET_MS,
      'ms',
      most(first),
    ),
    atMost('  the same page again', median(again), TARGET_MS, 'ms', most(again)),
  ];
}
