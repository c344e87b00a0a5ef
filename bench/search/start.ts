/** How long after its start a server answers the first search, and when it also answers by meaning at full speed. */

import { amount, forComparison, median } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { openClient, papersOn, search, serve } from './asking.ts';
import type { SearchBench } from './search-bench.ts';

export async function measure({ bench, questions }: SearchBench): Promise<Figure[]> {
  const DATA_DIR = await bench.database();
  const firsts: number[] = [];
  const waits: number[] = [];
  for (let time = 0; time < bench.times; time += 1) {
    const server = await serve(DATA_DIR);
    using client = openClient(server.url);
    try {
      const asked = questions.short[time] ?? { q: 'graph', id: '' };
      const answered = await search(client, asked);
      firsts.push(performance.now() - server.started);
      waits.push(answered.ms);
      if (papersOn(answered.text()).length === 0) throw new Error(`The first search (${asked.q}) found nothing.`);
    } finally {
      await server.stop();
    }
  }
  return [
    forComparison('start of the server to the answer of a first search', `${amount(median(firsts))} ms`),
    forComparison('  of these, waiting for that answer', `${amount(median(waits))} ms`),
  ];
}
