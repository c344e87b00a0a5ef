/** What the pages of moderation share: who may see them, their frame, the thing that they speak of. */

import type { Context } from 'hono';
import { askerOf, requirePerson, requireViewer } from '#accounts/current-viewer.ts';
import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { findComment } from '#discussion/comment-store.ts';
import type { Target } from '#discussion/moderation/store.ts';
import { QUEUE_PATH } from '#discussion/moderation/tell.ts';
import type { CommentTable } from '#discussion/table.ts';
import { openPaper } from '#feed/open-paper.ts';
import type { Paper } from '#papers/paper.ts';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';
import { Layout } from '../../components/layout.tsx';
import type { Site } from '../../site.ts';

/** A moderator, or a program with the token of one. */
export function requireModerator(c: Context, next?: string): Viewer {
  const viewer = requireViewer(c, next);
  if (isModerator(viewer) && viewer.bannedAt === null) return viewer;
  throw new AppError('forbidden', 'This page is for moderators.', {
    hint: 'Report what they should look at: the link stands below each comment and paper.',
  });
}

/** For what decides about accounts: a leaked token must not make admins, nor ban them. */
export function requireModeratorInPerson(c: Context, next?: string): Viewer {
  const viewer = requireModerator(c, next);
  requirePerson(c, next);
  return viewer;
}

export interface SheetProps {
  site: Site;
  c: Context;
  title: string;
  /** Whether the pages of moderators are offered. */
  nav?: boolean;
  children?: Child;
}

export function Sheet({ site, c, title, nav = true, children }: SheetProps) {
  const waiting = askerOf(c)?.waiting ?? 0;
  return (
    <Layout site={site} c={c} title={title} head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose">
        {nav && (
          <nav aria-label="Moderation" class="sorts moderation-pages">
            {PAGES.map(([path, label]) => (
              <a href={path} aria-current={currentOf(c, path)}>
                {label}
                {path === QUEUE_PATH && waiting > 0 && ` (${waiting})`}
              </a>
            ))}
          </nav>
        )}
        <h1>{title}</h1>
        {children}
      </main>
    </Layout>
  );
}

const PAGES = [
  [QUEUE_PATH, 'Reports'],
  ['/moderation/people', 'People'],
  ['/moderation/log', 'Log'],
] as const;

/** What is decided on is one of the reports, or may be. */
function currentOf(c: Context, path: string): 'page' | 'true' | undefined {
  if (c.req.path === path) return 'page';
  return path === QUEUE_PATH && c.req.path === '/moderation/act' ? 'true' : undefined;
}

export interface FoundTarget extends Target {
  kind: 'comment' | 'paper';
  paper: Paper;
  /** Whether moderators hide the paper from readers. */
  hidden: boolean;
  /** Whether its discussion is closed. */
  locked: boolean;
  comment: CommentTable | undefined;
}

/** A comment may have been deleted since. Two queries at most. Throws AppErrors for what is no such thing. */
export async function findTarget(site: Site, kind: string, id: string): Promise<FoundTarget> {
  if (kind !== 'comment' && kind !== 'paper')
    throw invalid('The address does not say what is meant.', 'kind is comment or paper.');
  const comment = kind === 'comment' ? await findComment(site.db, id) : undefined;
  if (kind === 'comment' && comment === undefined) throw notFound('It is no longer here.');
  const { paper, hidden, locked } = await openPaper(site.db, comment?.paper_id ?? id);
  return { kind, id: comment?.id ?? paper.id, paper, hidden, locked, comment };
}
