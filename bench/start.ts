/** How long a reader waits for the first page after a start, and an operator for the first line. */

import type { Bench } from './bench.ts';
import { fetchOnce, startServer } from './command.ts';
import { amount, atMost, forComparison, median } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET = { firstResponse: 1_000, firstLine: 2_000 };
/** Starts are short and scatter widely, so there are more of them than of the long measurements. */
const MORE = 3;

export async function measure(bench: Bench): Promise<Figure[]> {
  const full = await bench.database();
  const responses: number[] = [];
  const lines: number[] = [];
  const npmLines: number[] = [];
  for (let time = 0; time < bench.times * MORE; time += 1) {
    responses.push(await untilFirstResponse(full));
    lines.push(await untilLine(await bench.folder()));
    npmLines.push(await untilLine(await bench.folder(), ['npm', 'start']));
  }
  return [
    atMost('start to first response, all papers in the database', median(responses), TARGET.firstResponse, 'ms'),
    forComparison('start to first response, fastest and slowest', range(responses)),
    atMost('first start in an empty DATA_DIR to the line with the address', median(lines), TARGET.firstLine, 'ms'),
    atMost('the same with npm start', median(npmLines), TARGET.firstLine, 'ms'),
  ];
}

async function untilFirstResponse(DATA_DIR: string): Promise<number> {
  const server = await startServer({ DATA_DIR });
  const { status } = await fetchOnce(server.url);
  const time = performance.now() - server.started;
  await server.stop();
  if (status !== 200) throw new Error(`GET / answered ${status}`);
  return time;
}

async function untilLine(DATA_DIR: string, command?: readonly string[]): Promise<number> {
  const server = await startServer({ DATA_DIR }, command);
  await server.stop();
  return server.untilUrl;
}

function range(values: readonly number[]): string {
  return `${amount(Math.min(...values))}–${amount(Math.max(...values))} ms`;
}
