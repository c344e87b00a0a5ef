/** `/settings/hooks/ID`: one webhook: how it does, what it was sent, and everything that can be done with it. */

import type { Context } from 'hono';
import { HookForm } from '../../../components/hook-form.tsx';
import { Layout } from '../../../components/layout.tsx';
import { Part } from '../../../components/part.tsx';
import type { DeliveryFacts, HookFacts, TypedHook } from '../../../hook-desk.ts';
import type { Site } from '../../../site.ts';
import { requirePerson } from '#accounts/current-viewer.ts';
import { shortAddress, stateOf } from './hooks.tsx';

interface Told {
  part: string;
  problem?: string;
  done?: string;
  typed?: TypedHook;
  /** Shown now and never again. */
  secret?: string;
}

/** Three queries: who asks, the webhook, its messages. */
export async function hookPage(site: Site, c: Context, id: string, told?: Told): Promise<Response> {
  const viewer = requirePerson(c, `/settings/hooks/${id}`);
  const hook = await site.hooks.get(viewer, id);
  const deliveries = await site.hooks.deliveries(hook.id);
  if (told?.problem !== undefined) c.status(422);
  c.header('Cache-Control', 'private, no-store');
  const path = `/settings/hooks/${hook.id}`;
  return await c.html(
    <Layout site={site} c={c} title="Webhook" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose settings hook">
        <h1>Webhook</h1>
        <p class="address">{shortAddress(hook.address)}</p>
        <p>
          It is {stateOf(hook)}. {!hook.isOwn && <>It belongs to {hook.ownerName ?? 'the site'}. </>}
          <a href="/settings/hooks">All webhooks</a>
        </p>
        {hook.off !== null && !hook.off.byOwner && (
          <p class="problem-note" role="alert">
            It was switched off on {time(hook.off.at)}: {hook.off.reason}. Nothing is sent until you switch it on again.
          </p>
        )}
        {told?.secret !== undefined && <Secret secret={told.secret} done={told.done ?? ''} />}
        <div class="deeds-row">
          <Deed action={`${path}/test`} name="Send a test" />
          {hook.off === null ? (
            <Deed action={`${path}/pause`} name="Pause" />
          ) : (
            <Deed action={`${path}/resume`} name="Switch on" />
          )}
          <Deed action={`${path}/remove`} name="Remove" />
        </div>
        <Log path={path} deliveries={deliveries} />
        <Part id="secret" title="Signing secret">
          <p>
            Each message is signed, so that its receiver can tell that it comes from here. The secret is shown when it
            is made, and not again.
            {hook.oldSecretUntil !== null && <> The one before signs too until {time(hook.oldSecretUntil)}.</>}
          </p>
          <Deed action={`${path}/rotate`} name="Change the secret" />
        </Part>
        <Part id="change" title="Change it" told={told?.part === 'change' ? toldOf(told) : undefined}>
          {hook.isOwn ? (
            <HookForm site={site} action={path} typed={told?.typed ?? typedOf(hook)} button="Save" />
          ) : (
            <p>Its owner can change it; you can pause and remove it.</p>
          )}
        </Part>
      </main>
    </Layout>,
  );
}

function toldOf({ part, problem, done }: Told) {
  return { part, ...(problem === undefined ? {} : { problem }), ...(done === undefined ? {} : { done }) };
}

function typedOf({ address, format, events, search, top }: HookFacts): TypedHook {
  return { url: address, format, events, search, top: String(top) };
}

function Secret({ secret, done }: { secret: string; done: string }) {
  return (
    <p class="done-note" role="status">
      {done} This is its signing secret, which is not shown again:
      <br />
      <code class="token">{secret}</code>
    </p>
  );
}

function Deed({ action, name }: { action: string; name: string }) {
  return (
    <form method="post" action={action}>
      <button>{name}</button>
    </form>
  );
}

function Log({ path, deliveries }: { path: string; deliveries: readonly DeliveryFacts[] }) {
  return (
    <Part id="log" title="Messages">
      {deliveries.length === 0 ? (
        <p>Nothing was sent yet.</p>
      ) : (
        <ul class="owned">
          {deliveries.map((delivery) => (
            <li>
              <p>
                {delivery.summary}
                <span class="kicker">
                  <span>{outcomeOf(delivery)}</span> <span>{time(delivery.triedAt ?? delivery.createdAt)}</span>{' '}
                  {delivery.took !== null && <span>{delivery.took} ms</span>}
                </span>
                {delivery.problem !== null && <span class="quiet">{sentence(delivery.problem)}</span>}
              </p>
              <form method="post" action={`${path}/again`}>
                <input type="hidden" name="delivery" value={delivery.id} />
                <button>
                  Send again<span class="unseen"> “{delivery.summary}”</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function outcomeOf({ state, status, attempts, dueAt }: DeliveryFacts): string {
  const tries = attempts === 1 ? 'one try' : `${attempts} tries`;
  if (state === 'delivered') return `delivered, ${status}`;
  if (state === 'failed') return attempts === 0 ? 'not sent' : `failed after ${tries}`;
  return attempts === 0 ? 'waits to be sent' : `failed after ${tries}, next ${time(dueAt)}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** `Jan 6, 2026, 14:05 UTC` */
function time(at: number): string {
  return `${format.format(at)} UTC`;
}

const format = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
