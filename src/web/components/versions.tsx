/** All that a comment said, for who decides on it: as it is now, as it was when it was reported, and what else there was. */

import type { GivenReport } from '#discussion/moderation/store.ts';
import { fitting } from '#discussion/page-length.ts';
import type { Revision } from '#discussion/revisions.ts';
import type { CommentTable } from '#discussion/table.ts';
import { commentPath } from '#feed/addresses.ts';
import { raw } from '#platform/jsx/html.ts';
import { accountName } from '../account-name.ts';
import { commentHtml } from '../comment-html.ts';
import { Instant } from './instant.tsx';

/** A comment as readers see it, names in it as text. */
export function Quoted({ body }: { body: string }) {
  return (
    <blockquote class="reported letter-body" dir="auto">
      {raw(commentHtml({ body, mentions: new Map() }))}
    </blockquote>
  );
}

export interface VersionsProps {
  comment: CommentTable;
  /** Its earlier texts, the newest first. */
  revisions: readonly Revision[];
  reports: readonly GivenReport[];
}

export function Versions({ comment, revisions, reports }: VersionsProps) {
  const versions = versionsOf(comment, revisions, reports);
  const fit = new Set(fitting(versions.toSorted(byNeed), ({ body }) => body.length));
  const path = commentPath({ paperId: comment.paper_id, id: comment.id });
  const left = versions.length - fit.size;
  return (
    <section class="said" aria-label="What it says and said">
      {versions
        .filter((version) => fit.has(version))
        .map((version) => (
          <Text version={version} isOnly={versions.length === 1} />
        ))}
      <p>
        <a href={path}>Read it in its place</a>
        {versions.length > 1 && (
          <>
            {' · '}
            <a href={`${path}/history`}>{left === 0 ? 'Its history' : `Its history, with ${left} more`}</a>
          </>
        )}
      </p>
    </section>
  );
}

interface Version {
  body: string;
  /** Epoch milliseconds. */
  from: number;
  /** When another text took its place; undefined of what it says now. */
  until: number | undefined;
  /** Who reported it while it said this. */
  by: string[];
}

/** The newest first. */
function versionsOf(
  { body, created_at, edited_at }: CommentTable,
  revisions: readonly Revision[],
  reports: readonly GivenReport[],
): Version[] {
  const texts = [{ body, writtenAt: edited_at ?? created_at }, ...revisions];
  const versions = texts.map((text, index): Version => {
    const until = texts[index - 1]?.writtenAt;
    return { body: text.body, from: text.writtenAt, until, by: [] };
  });
  for (const { reported_at: at, name, deletedAt } of reports) {
    const seen = versions.find(({ from }) => from <= at);
    seen?.by.push(accountName(name === null ? undefined : { name, deletedAt }));
  }
  return versions;
}

/** What it says now and what was reported comes before what else was said, where not all fits on the page. */
function byNeed(a: Version, b: Version): number {
  const isNeeded = ({ until, by }: Version) => (until === undefined || by.length > 0 ? 0 : 1);
  return isNeeded(a) - isNeeded(b) || b.from - a.from;
}

function Text({ version: { body, from, until, by }, isOnly }: { version: Version; isOnly: boolean }) {
  if (isOnly)
    return (
      <>
        <p class="quiet">
          Written <Instant at={from} exact />, and not edited.
        </p>
        <Quoted body={body} />
      </>
    );
  const when =
    until === undefined ? (
      <>
        What it says now, since <Instant at={from} exact />
      </>
    ) : (
      <>
        From <Instant at={from} exact /> until <Instant at={until} exact />
      </>
    );
  if (until !== undefined && by.length === 0)
    return (
      <details>
        <summary>{when}</summary>
        <Quoted body={body} />
      </details>
    );
  return (
    <>
      <h2>
        {when} {by.length > 0 && <span class="badge">{`when ${namesOf(by)} reported it`}</span>}
      </h2>
      <Quoted body={body} />
    </>
  );
}

/** More names say no more. */
const NAMES_SHOWN = 3;

function namesOf(by: readonly string[]): string {
  const names = [...new Set(by)];
  const more = names.length - NAMES_SHOWN;
  return names.slice(0, NAMES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
