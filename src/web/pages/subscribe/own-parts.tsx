/** The parts of the page of one's own mail: what comes, when, not for a while, not any more. */

import { LONGEST_PAUSE_DAYS } from '#subscriptions/change.ts';
import { rhythmInWords, zoneInWords } from '#subscriptions/rhythm-words.ts';
import type { List } from '#subscriptions/store.ts';
import { nameOfTopic } from '#subscriptions/topics.ts';
import { Problems } from '../../components/list-form.tsx';
import { Part } from '../../components/part.tsx';
import { TimeZones } from '../../components/time-zones.tsx';
import { TopicNames } from '../../components/topic-names.tsx';
import type { OwnAccess } from './own-access.ts';

/** A form of the page that could not be done, with what was typed. */
export interface Mistake {
  part: 'pause' | 'zone';
  /** A whole sentence. */
  problem: string;
  /** Of a pause, shown again. */
  typed?: string;
}

export function Lists({ access, lists }: { access: OwnAccess; lists: readonly List[] }) {
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

/** Which one the button is for, to ears: called as on the page. No two lists of a kind have the same topics. */
function Of({ list }: { list: List }) {
  return <span class="unseen"> {`the ${list.kind} “${list.topics.map(nameOfTopic).join(', ')}”`}</span>;
}

export function Zone({
  access,
  timeZone,
  problem,
}: {
  access: OwnAccess;
  timeZone: string;
  problem?: string | undefined;
}) {
  return (
    <Part id="zone" title="Your time">
      <p>Hours are those of {zoneInWords(timeZone)}, in summer and in winter.</p>
      <form class="form" method="post" action="/subscribe/zone">
        <Token access={access} />
        <Problems problems={problem === undefined ? [] : [problem]} />
        <TimeZones chosen={timeZone} />
        <p>
          <button>Save</button>
        </p>
      </form>
    </Part>
  );
}

export function Pause({ access, mistake }: { access: OwnAccess; mistake: Mistake | undefined }) {
  return (
    <Part id="pause" title="Pause">
      <form class="form" method="post" action="/subscribe/pause">
        <Token access={access} />
        <Problems problems={mistake === undefined ? [] : [mistake.problem]} />
        <label>
          <span>Days without mail</span>
          <input type="number" name="days" value={mistake?.typed ?? '7'} min={1} max={LONGEST_PAUSE_DAYS} required />
        </label>
        <p>
          <button>Pause</button>
        </p>
      </form>
    </Part>
  );
}

export function Leaving({ access, isActive }: { access: OwnAccess; isActive: boolean }) {
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
export function listPath({ token }: OwnAccess, list?: List): string {
  const asked = new URLSearchParams({
    ...(token === '' ? {} : { t: token }),
    ...(list === undefined ? {} : { id: list.id }),
  });
  return `/subscribe/list${asked.size === 0 ? '' : `?${asked.toString()}`}`;
}
