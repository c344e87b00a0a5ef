/** `/subscribe/manage?t=…` and `/settings/mail`: what is mailed to somebody, and everything that can be done about it. */

import type { Context } from 'hono';
import { LONGEST_PAUSE_DAYS } from '#subscriptions/change.ts';
import { momentInWords, rhythmInWords, zoneInWords } from '#subscriptions/rhythm-words.ts';
import { listLists } from '#subscriptions/store.ts';
import type { List, Subscriber } from '#subscriptions/store.ts';
import { findSuppression } from '#subscriptions/suppress.ts';
import type { Suppressed } from '#subscriptions/suppress.ts';
import { mediumDate } from '#platform/dates.ts';
import { dayInZone } from '#platform/day.ts';
import { Layout } from '../../components/layout.tsx';
import { Part } from '../../components/part.tsx';
import { TimeZones } from '../../components/time-zones.tsx';
import { TopicNames } from '../../components/topic-names.tsx';
import type { Site } from '../../site.ts';
import { openAccess } from './own-access.ts';
import type { OwnAccess } from './own-access.ts';

const NOINDEX = <meta name="robots" content="noindex" />;

/** What is said after something was done; the address names it. */
const DONE: Record<string, string> = {
  subscribed: 'You are subscribed.',
  changed: 'It is changed.',
  ended: 'It is ended. A mail that was on its way already may still come.',
  paused: 'It is paused.',
  resumed: 'Mail comes again.',
  links: 'The links in mails of before do not work any more, but for those that unsubscribe.',
};

/** At most five queries: who asks, their address, the subscriber, lists, and whether mail is sent there. */
export async function managePage(site: Site, c: Context): Promise<Response> {
  const access = await openAccess(site, c, c.req.query('t') ?? '');
  const { subscriber, email } = access;
  const [lists, suppression] = await Promise.all([
    subscriber === undefined ? [] : listLists(site.db, subscriber.id),
    findSuppression(site.db, email),
  ]);
  const done = DONE[c.req.query('done') ?? ''];
  c.header('Cache-Control', 'private, no-store');
  return await c.html(
    <Layout site={site} c={c} title="Your mail" head={NOINDEX}>
      <main id="main" class="prose settings">
        <h1>Your mail</h1>
        {done !== undefined && (
          <p class="done-note" role="status">
            {done}
          </p>
        )}
        <State site={site} access={access} lists={lists} suppression={suppression} />
        {subscriber !== undefined && <Everything site={site} access={access} subscriber={subscriber} lists={lists} />}
      </main>
    </Layout>,
  );
}

interface StateProps {
  site: Site;
  access: OwnAccess;
  lists: readonly List[];
  suppression: Suppressed | undefined;
}

/** Whether mail comes, when the next one, and what to do if none does. */
function State({ site, access, lists, suppression }: StateProps) {
  const { subscriber, email } = access;
  if (suppression !== undefined) return <Silence access={access} suppression={suppression} />;
  if (subscriber === undefined || subscriber.confirmedAt === null || lists.length === 0)
    return (
      <p>
        Nothing is mailed to <strong>{email}</strong>. <a href={listPath(access)}>Choose something</a>
        {access.token !== '' && ' (a mail with a link to confirm comes first)'}
      </p>
    );
  const next = Math.min(...lists.map(({ nextAt }) => nextAt ?? Infinity));
  const isPaused = (subscriber.pausedUntil ?? 0) > site.clock.now();
  return (
    <>
      <p>
        What you chose comes to <strong>{email}</strong>
        {Number.isFinite(next) && <>, the next time on {momentInWords(next, subscriber.timeZone)}</>}, if there is
        something new.
      </p>
      {isPaused && (
        <form class="form" method="post" action="/subscribe/resume">
          <Token access={access} />
          <p>
            It is paused until then. <button>Go on now</button>
          </p>
        </form>
      )}
    </>
  );
}

const SILENCE: Record<Suppressed['reason'], string> = {
  refused: 'the mail server there refused our mail',
  bounced: 'our mail came back from there',
  complained: 'our mail was reported as unwanted from there',
  operator: 'the people who run this site decided so',
};

/** The owner of an account can lift it, but for what the operator said; a link from a mail of before proves little. */
function Silence({ access, suppression }: { access: OwnAccess; suppression: Suppressed }) {
  const { reason, suppressedAt } = suppression;
  return (
    <div class="problem-note" role="status">
      <p>
        No mail is sent to <strong>{access.email}</strong> since {mediumDate(dayInZone(suppressedAt, 'UTC', 0))},
        because {SILENCE[reason]}.
      </p>
      {reason !== 'operator' && access.token === '' && (
        <form method="post" action="/subscribe/lift">
          <button>Send mail there again</button>
        </form>
      )}
    </div>
  );
}

interface EverythingProps {
  site: Site;
  access: OwnAccess;
  subscriber: Subscriber;
  lists: readonly List[];
}

function Everything({ site, access, subscriber, lists }: EverythingProps) {
  const isPaused = (subscriber.pausedUntil ?? 0) > site.clock.now();
  return (
    <>
      {lists.length > 0 && (
        <>
          <Lists access={access} lists={lists} />
          <Zone access={access} timeZone={subscriber.timeZone} />
          {!isPaused && <Pause access={access} />}
        </>
      )}
      <Leaving access={access} isActive={lists.length > 0} />
    </>
  );
}

function Lists({ access, lists }: { access: OwnAccess; lists: readonly List[] }) {
  return (
    <Part id="lists" title="What you get">
      <ul class="owned">
        {lists.map((list) => (
          <li>
            <div>
              <TopicNames topics={list.topics} />
              <p class="kicker">
                <span>{list.kind === 'alert' ? 'Alert' : 'Digest'}</span>
                <span>{rhythm(list)}</span>
                <span>at most {list.most}</span>
              </p>
            </div>
            <div class="row">
              <a class="button" href={listPath(access, list)}>
                Change
                <Of list={list} />
              </a>
              <form method="post" action="/subscribe/end">
                <Token access={access} />
                <input type="hidden" name="id" value={list.id} />
                <button>
                  End
                  <Of list={list} />
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a href={listPath(access)}>Add something</a>
      </p>
    </Part>
  );
}

/** The zone is said once, below. */
function rhythm(list: List): string {
  return rhythmInWords({ ...list, timeZone: '' }).replace(/ \(\)$/, '');
}

/** Which one the button is for, to ears. */
function Of({ list }: { list: List }) {
  const [topic] = list.topics;
  const name = topic?.kind === 'search' ? topic.q : list.topics.map(({ kind }) => kind).join(', ');
  return <span class="unseen"> {`the ${list.kind} ${name}`}</span>;
}

function Zone({ access, timeZone }: { access: OwnAccess; timeZone: string }) {
  return (
    <Part id="zone" title="Your time">
      <p>Hours are those of {zoneInWords(timeZone)}, in summer and in winter.</p>
      <form class="form" method="post" action="/subscribe/zone">
        <Token access={access} />
        <TimeZones chosen={timeZone} />
        <p>
          <button>Save</button>
        </p>
      </form>
    </Part>
  );
}

function Pause({ access }: { access: OwnAccess }) {
  return (
    <Part id="pause" title="Pause">
      <form class="form" method="post" action="/subscribe/pause">
        <Token access={access} />
        <label>
          <span>Days without mail</span>
          <input type="number" name="days" value="7" min={1} max={LONGEST_PAUSE_DAYS} required />
        </label>
        <p>
          <button>Pause</button>
        </p>
      </form>
    </Part>
  );
}

function Leaving({ access, isActive }: { access: OwnAccess; isActive: boolean }) {
  const { token } = access;
  return (
    <Part id="leaving" title="Ending it">
      {isActive && (
        <form method="post" action="/subscribe/end">
          <Token access={access} />
          <p>Nothing comes any more; what you chose is kept for 90 days, and then forgotten.</p>
          <button>End everything</button>
        </form>
      )}
      <form method="post" action="/subscribe/links">
        <Token access={access} />
        <p>
          Whoever has a link from one of your mails, because you forwarded it, can open this page. You can end the links
          in mails that you have; new mails have new ones.
        </p>
        <button>End old links</button>
      </form>
      <form method="post" action="/subscribe/forget">
        <Token access={access} />
        <p>
          <a href={token === '' ? '/subscribe/export.json' : `/subscribe/export.json?t=${token}`} download>
            Everything that is kept of it
          </a>{' '}
          (JSON). Your address and all of that can be deleted at once; an account, if you have one, stays.
        </p>
        <button>Delete my address from the mailing</button>
      </form>
    </Part>
  );
}

/** Says on whose behalf a form is sent; whoever is signed in needs none. */
export function Token({ access }: { access: OwnAccess }) {
  return access.token === '' ? null : <input type="hidden" name="t" value={access.token} />;
}

/** The form of one list, or of a new one. */
function listPath({ token }: OwnAccess, list?: List): string {
  const asked = new URLSearchParams({
    ...(token === '' ? {} : { t: token }),
    ...(list === undefined ? {} : { id: list.id }),
  });
  return `/subscribe/list${asked.size === 0 ? '' : `?${asked.toString()}`}`;
}
