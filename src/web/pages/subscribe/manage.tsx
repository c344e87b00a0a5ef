/** `/subscribe/manage?t=…` and `/settings/mail`: what is mailed to somebody, and everything that can be done about it. */

import type { Context } from 'hono';
import { momentInWords } from '#subscriptions/rhythm-words.ts';
import { listLists } from '#subscriptions/store.ts';
import type { List, Subscriber } from '#subscriptions/store.ts';
import { findSuppression } from '#subscriptions/suppress.ts';
import type { Suppressed } from '#subscriptions/suppress.ts';
import { mediumDate } from '#platform/dates.ts';
import { dayInZone } from '#platform/day.ts';
import { UNPROCESSABLE } from '../../answer-type.ts';
import { Layout } from '../../components/layout.tsx';
import type { Site } from '../../site.ts';
import { openAccess } from './own-access.ts';
import type { OwnAccess } from './own-access.ts';
import { Leaving, listPath, Lists, Pause, Token, Zone } from './own-parts.tsx';
import type { Mistake } from './own-parts.tsx';

const NOINDEX = <meta name="robots" content="noindex" />;

/** What is said after something was done; the address names it. */
const DONE: Record<string, string> = {
  subscribed: 'You are subscribed.',
  changed: 'It is changed.',
  ended: 'It is ended. A mail that was on its way already may still come.',
  paused: 'It is paused.',
  resumed: 'Mail comes again.',
  links: 'The links in mails of before do not work any more, but for those that unsubscribe.',
  forgotten: 'Your address was deleted from the mailing, with all that you had chosen.',
};

/** At most five queries: who asks, their address, the subscriber, lists, and whether mail is sent there. */
export async function managePage(site: Site, c: Context): Promise<Response> {
  return await showMail(site, c, await openAccess(site, c, c.req.query('t') ?? ''));
}

export async function showMail(site: Site, c: Context, access: OwnAccess, mistake?: Mistake): Promise<Response> {
  const { subscriber, email } = access;
  const [lists, suppression] = await Promise.all([
    subscriber === undefined ? [] : listLists(site.db, subscriber.id),
    findSuppression(site.db, email),
  ]);
  const done = DONE[c.req.query('done') ?? ''];
  if (mistake !== undefined) c.status(UNPROCESSABLE);
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
        {subscriber !== undefined && <Everything {...{ site, access, subscriber, lists, mistake }} />}
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
  mistake: Mistake | undefined;
}

function Everything({ site, access, subscriber, lists, mistake }: EverythingProps) {
  const isPaused = (subscriber.pausedUntil ?? 0) > site.clock.now();
  const of = (part: Mistake['part']) => (mistake?.part === part ? mistake : undefined);
  return (
    <>
      {lists.length > 0 && (
        <>
          <Lists access={access} lists={lists} />
          <Zone access={access} timeZone={subscriber.timeZone} problem={of('zone')?.problem} />
          {!isPaused && <Pause access={access} mistake={of('pause')} />}
        </>
      )}
      <Leaving access={access} isActive={lists.length > 0} />
    </>
  );
}
