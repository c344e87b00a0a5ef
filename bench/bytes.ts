/** What the front page weighs on its way to a reader who has nothing of it yet. */

import { brotliDecompressSync } from 'node:zlib';
import type { Bench } from './bench.ts';
import { fetchOnce, startServer } from './command.ts';
import { amount, atMost, forComparison } from './figure.ts';
import type { Figure } from './figure.ts';

const TARGET = 45_000;
const CARDS = 50;
const BROWSER = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

export async function measure(bench: Bench): Promise<Figure[]> {
  const server = await startServer({ DATA_DIR: await bench.database() });
  try {
    const page = await fetchOnce(server.url, BROWSER);
    const html = brotliDecompressSync(page.body).toString();
    const cards = html.split('<article').length - 1;
    if (cards !== CARDS) throw new Error(`The front page has ${cards} cards, not ${CARDS}.`);
    const sheets = await fetchAll(server.url, html, /<link rel="stylesheet" href="([^"]+)"/g);
    const scripts = await fetchAll(server.url, html, /<script type="module" src="([^"]+)"/g);
    const css = sheets.map(({ body }) => brotliDecompressSync(body).toString()).join('');
    if (/@font-face|@import/.test(css)) throw new Error('The style sheet loads more than itself.');
    const gzipped = await fetchOnce(server.url, { 'Accept-Encoding': 'gzip' });
    return [
      atMost(
        `front page of ${CARDS} whole abstracts with its style sheet, compressed, headers included`,
        page.bytesOnTheWire + weigh(sheets),
        TARGET,
        'bytes',
      ),
      forComparison(
        'of these: page (gzip instead), style sheet',
        `${amount(page.bytesOnTheWire)} (${amount(gzipped.bytesOnTheWire)}), ${amount(weigh(sheets))} bytes`,
      ),
      forComparison('not counted: script, loaded after the page', `${amount(weigh(scripts))} bytes`),
    ];
  } finally {
    await server.stop();
  }
}

async function fetchAll(url: string, html: string, link: RegExp) {
  const addresses = [...html.matchAll(link)].map(([, address = '']) => new URL(address, url).href);
  return await Promise.all(addresses.map(async (address) => await fetchOnce(address, BROWSER)));
}

function weigh(answers: readonly { bytesOnTheWire: number }[]): number {
  return answers.reduce((sum, { bytesOnTheWire }) => sum + bytesOnTheWire, 0);
}
