/** `/settings/hooks`: one's webhooks, and a form for another one; admins see those of everybody. */

import type { Context } from 'hono';
import { HookForm, NEW_HOOK } from '../../../components/hook-form.tsx';
import { Layout } from '../../../components/layout.tsx';
import { dateOf } from '#platform/dates.ts';
import type { HookFacts, TypedHook } from '../../../hook-desk.ts';
import type { Site } from '../../../site.ts';
import { requirePerson } from '#accounts/current-viewer.ts';

const PATH = '/settings/hooks';

interface Told {
  problem: string;
  typed: TypedHook;
}

/** Two queries: who asks, and the webhooks. */
export async function hooksPage(site: Site, c: Context, told?: Told): Promise<Response> {
  const viewer = requirePerson(c, PATH);
  const hooks = await site.hooks.list(viewer);
  const [own, others] = [hooks.filter(({ isOwn }) => isOwn), hooks.filter(({ isOwn }) => !isOwn)];
  const most = site.hooks.most(viewer);
  if (told !== undefined) c.status(422);
  c.header('Cache-Control', 'private, no-store');
  return await c.html(
    <Layout site={site} c={c} title="Webhooks" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose settings">
        <h1>Webhooks</h1>
        <p>
          A webhook sends a message to a chat, or to a program of yours, when something is new here. You can have {most}
          . <a href="/settings">All settings</a>
        </p>
        {own.length > 0 && <Hooks hooks={own} />}
        {own.length < most && (
          <section aria-labelledby="add-title" id="add">
            <h2 id="add-title">Add a webhook</h2>
            {told !== undefined && (
              <p class="problem-note" role="alert">
                {told.problem}
              </p>
            )}
            <HookForm site={site} action={PATH} typed={told?.typed ?? NEW_HOOK} button="Add" />
          </section>
        )}
        {others.length > 0 && (
          <section aria-labelledby="others-title" id="others">
            <h2 id="others-title">Webhooks of others</h2>
            <Hooks hooks={others} />
          </section>
        )}
      </main>
    </Layout>,
  );
}

function Hooks({ hooks }: { hooks: readonly HookFacts[] }) {
  return (
    <ul class="owned">
      {hooks.map((hook) => (
        <li>
          <p>
            <a href={`${PATH}/${hook.id}`}>{shortAddress(hook.address)}</a>
            <span class="kicker">
              <span>{stateOf(hook)}</span> <span>since {dateOf(hook.off?.at ?? hook.createdAt)}</span>
              {!hook.isOwn && <span> {hook.ownerName ?? 'the site’s own'}</span>}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

export function stateOf({ off, failures }: HookFacts): string {
  if (off !== null) return off.byOwner ? 'paused' : 'switched off';
  return failures === 0 ? 'on' : `on, the last ${failures === 1 ? 'message' : `${failures} messages`} failed`;
}

/** Of a long address the end tells nobody anything, and may be secret. */
export function shortAddress(address: string): string {
  return address.length > 60 ? `${address.slice(0, 60)}…` : address;
}
