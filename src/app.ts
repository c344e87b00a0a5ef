/** The only wiring: what a command needs, made from the configuration, with overrides for tests. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#platform/clock.ts';
import type { Clock } from '#platform/clock.ts';
import { publicUrl } from '#platform/config.ts';
import type { Config } from '#platform/config.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { Storage } from '#platform/db/open.ts';
import { asStorageError } from '#platform/db/problems.ts';
import { createLater } from '#platform/later.ts';
import type { Later } from '#platform/later.ts';
import { postOutside } from '#platform/http/post-outside.ts';
import type { Post } from '#platform/http/post-outside.ts';
import { createLog } from '#platform/log.ts';
import type { Log } from '#platform/log.ts';
import { openMail } from '#platform/mail/mail.ts';
import type { Mail } from '#platform/mail/mail.ts';
import { followMerits } from '#feed/follow-merits.ts';
import { indexesShape } from '#search/indexes-shape.ts';
import { openSaved } from '#search/saved/saved.ts';
import { createSearch } from '#search/search.ts';
import type { Search } from '#search/search.ts';
import { openChosenVectors } from '#search/embedders/chosen-vectors.ts';
import { openModels } from '#search/embedders/models.ts';
import type { Models } from '#search/embedders/models.ts';
import { createSuggester } from '#search/suggest/suggest.ts';
import type { Suggester } from '#search/suggest/suggest.ts';
import { titlesShape } from '#search/suggest/suggest-shape.ts';
import { openShipped, usable } from '#search/vectors/shipped.ts';
import type { Shipped } from '#search/vectors/shipped.ts';
import { migrations } from '#migrations/index.ts';
import type { Db, Schema } from '#schema.ts';

const DATABASE_FILE = 'broadsheet.db';

export interface App extends AsyncDisposable {
  config: Config;
  db: Db;
  /** Where the database is, for those who open it once more. */
  storage: Storage;
  clock: Clock;
  fetch: typeof fetch;
  log: Log;
  mail: Mail;
  /** Sends to addresses that people chose; keeps away from what only this machine can reach. */
  post: Post;
  /** For work that goes on after an answer was sent. */
  later: Later;
  search: Search;
  /** What is offered while somebody types. */
  suggester: Suggester;
  /** The model that comes with the program, or what is wrong with it; read when it is first asked for. */
  shipped: () => Shipped;
  /** What makes vectors of papers and questions. */
  models: Models;
  /** The database in words, without its password. */
  place: string;
  /** Migrations that were run when it was opened. */
  migrated: string[];
}

export interface Overrides {
  clock?: Clock;
  fetch?: typeof fetch;
  log?: Log;
  mail?: Mail;
  post?: Post;
  shipped?: () => Shipped;
  onQuery?: (sql: string) => void;
}

/** Opens and migrates the database. Throws an AppError in one line if it cannot be used. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const file = join(config.DATA_DIR, DATABASE_FILE);
  const storage: Storage = { databaseUrl: config.DATABASE_URL, file };
  const place = config.DATABASE_URL === '' ? file : `PostgreSQL at ${new URL(config.DATABASE_URL).host}`;
  try {
    const { onQuery } = overrides;
    const db: Db = await openDatabase<Schema>({ ...storage, ...(onQuery ? { onQuery } : {}) });
    const migrated = await migrate(db, migrations).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
    const log = overrides.log ?? createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT });
    const shipped = overrides.shipped ?? openShipped();
    const clock = overrides.clock ?? systemClock;
    const call = overrides.fetch ?? fetch;
    const models = openModels({ config, clock, log, fetch: call, shipped: usable(shipped, log) });
    const mail = overrides.mail ?? openMail(config, new URL(publicUrl(config)).hostname);
    const later = createLater(log);
    const saved = { db, folder: config.DATA_DIR, log, clock };
    const search = createSearch(
      db,
      openChosenVectors({ db, clock, log, models }),
      followMerits(db, clock),
      openSaved(saved, 'words', indexesShape),
    );
    return {
      config,
      db,
      storage,
      place,
      migrated,
      search,
      suggester: createSuggester(db, search, openSaved(saved, 'offers', titlesShape)),
      shipped,
      models,
      clock,
      fetch: call,
      log,
      mail,
      post: overrides.post ?? postOutside({ allowed: config.WEBHOOK_ALLOW_PRIVATE }),
      later,
      [Symbol.asyncDispose]: async () => {
        await later.stop();
        mail.close();
        await db.destroy();
      },
    };
  } catch (error) {
    throw asStorageError(error, place);
  }
}

/** Whether there is one to open; opening makes one where there is none. A server's is taken to be there. */
export function hasDatabase(config: Config): boolean {
  return config.DATABASE_URL !== '' || existsSync(join(config.DATA_DIR, DATABASE_FILE));
}
