/** A site with somebody who is sent its webhooks, for tests; time passes only when they say so. */

import { upvote } from '#discussion/upvote.ts';
import { addUser, makeId } from '#accounts/add-user.ts';
import { deliverDue } from '#hooks/deliver.ts';
import { listDeliveries } from '#hooks/delivery-store.ts';
import type { Delivery } from '#hooks/delivery-store.ts';
import type { Hook } from '#hooks/hook.ts';
import { findHook } from '#hooks/hook-store.ts';
import { addHook } from '#hooks/manage.ts';
import type { HookContext } from '#hooks/manage.ts';
import { noteNews } from '#hooks/note-news.ts';
import type { HookWish } from '#hooks/read-hook.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import type { DialectName } from '#platform/db/open.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { indexPapers } from '#search/index-papers.ts';
import { makeDraft } from '../drafts.ts';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

export interface HookSite extends AsyncDisposable {
  site: TestSite;
  receiver: Receiver;
  context: HookContext;
  /** Of everything, as JSON to the receiver's own path, unless more is said. */
  add(wish?: Partial<HookWish>, ownerId?: string | null): Promise<Hook>;
  hook(id: string): Promise<Hook>;
  /** Looks for news, and sends what is due. */
  run(): Promise<void>;
  note(): Promise<void>;
  deliver(): Promise<void>;
  log(hook: Hook): Promise<Delivery[]>;
  /** Votes of so many people who have been here for long; then everything is ranked. */
  vote(paperId: string, people: number): Promise<void>;
  /** New papers, indexed and ranked. */
  print(...drafts: (Partial<PaperDraft> & { number: number })[]): Promise<void>;
}

const never = new AbortController().signal;
export const DAY = 86_400_000;

export async function openHookSite(dialect: DialectName = 'sqlite'): Promise<HookSite> {
  const receiver = await startReceiver();
  const site = await openSite({ dialect, starter: false, settings: { WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } });
  const { app, db, clock } = site;
  const context: HookContext = { ...app, url: 'https://papers.example' };
  const rank = async () => await rankDue({ db, now: clock.now() });
  const note = async () => await noteNews(context, never);
  const deliver = async () => await deliverDue(context, never);
  return {
    site,
    receiver,
    context,
    note,
    deliver,
    async add(wish = {}, ownerId = null) {
      const events: HookWish['events'] = ['paper.trending', 'search.match', 'edition.daily'];
      const usual: HookWish = { url: `${receiver.url}/hook`, format: 'json', events, search: 'transformers', top: 10 };
      return await addHook(context, ownerId, { ...usual, ...wish });
    },
    async hook(id) {
      const hook = await findHook(db, id);
      if (hook === undefined) throw new Error(`there is no hook ${id}`);
      return hook;
    },
    async run() {
      await note();
      await deliver();
    },
    log: async ({ id }) => await listDeliveries(db, id, 1000),
    async vote(paperId, people) {
      for (let count = 0; count < people; count += 1) {
        const { id } = await addUser(db, { email: `${makeId()}@example.org` }, clock.now());
        const created_at = clock.now() - 100 * DAY;
        await db.updateTable('users').set({ created_at }).where('id', '=', id).execute();
        await upvote(db, { paperId, userId: id, voted: true, now: clock.now() });
      }
      await rank();
    },
    async print(...drafts) {
      await db.transaction().execute(
        async (trx) =>
          await savePapers(
            trx,
            drafts.map(({ number, ...more }) => makeDraft(number, more)),
            clock.now(),
          ),
      );
      await indexPapers(app);
      await rank();
    },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

interface Told {
  type: string;
  data: { title: string; url: string; total: number; papers: { id: string; title: string; why: string[] }[] };
}

/** What a receiver of JSON was told, in the order in which it came. */
export function toldTo({ got }: Pick<Receiver, 'got'>): Told[] {
  return got.map(({ body }) => JSON.parse(body) as Told);
}
