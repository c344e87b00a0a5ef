/** A site that fetches submitted papers from a stand-in of arXiv, which has one that is new today. */

import { manyPapers, startArxiv } from '../arxiv-server.ts';
import type { ArxivServer } from '../arxiv-server.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

/** New by the clock of this machine, as submissions have to be. */
const NOW = new Date().toISOString();
export const NEW = `${NOW.slice(2, 4)}${NOW.slice(5, 7)}.00077`;

export async function serveWithArxiv(): Promise<ServedSite & { arxiv: ArxivServer }> {
  const papers = manyPapers(1, { id: NEW, versions: [{ at: NOW }], datestamp: NOW.slice(0, 10) });
  const arxiv = await startArxiv({ papers });
  const site = await serveSite({ settings: arxiv.settings });
  return {
    ...site,
    arxiv,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await arxiv[Symbol.asyncDispose]();
    },
  };
}
