/** What programs sign in with: made, shown once, revoked. */

import type { ListedToken } from '#accounts/token-store.ts';
import { Part } from './part.tsx';
import type { Told } from './part.tsx';
import { dateOf } from '#platform/dates.ts';

interface AccessTokensProps {
  tokens: readonly ListedToken[];
  /** Whether none can be made: the account is banned. */
  isFixed: boolean;
  told: Told | undefined;
}

export function AccessTokens({ tokens, isFixed, told }: AccessTokensProps) {
  const typed = told?.part === 'tokens' ? told.typed : undefined;
  return (
    <Part id="tokens" title="Access tokens" told={told}>
      {told?.token !== undefined && (
        <p class="done-note" role="status">
          This is your new token. It is not shown again:
          <br />
          <code class="token">{told.token}</code>
        </p>
      )}
      <p>
        Programs send one with each request: <code>Authorization: Bearer broadsheet_…</code>
      </p>
      {tokens.length > 0 && (
        <ul class="owned">
          {tokens.map((token) => (
            <Token token={token} />
          ))}
        </ul>
      )}
      {!isFixed && <TokenForm typed={typed} />}
    </Part>
  );
}

function TokenForm({ typed }: { typed: Told['typed'] }) {
  return (
    <form class="form" method="post" action="/settings/tokens">
      <label>
        <span>What it is for</span>
        <input
          name="name"
          value={typed?.['name'] ?? ''}
          required
          maxlength={60}
          placeholder="reading list on my laptop"
        />
      </label>
      <fieldset>
        <legend>It may</legend>
        <label>
          <input type="radio" name="scope" value="read" checked={typed?.['scope'] !== 'write'} /> read
        </label>
        <label>
          <input type="radio" name="scope" value="write" checked={typed?.['scope'] === 'write'} /> read and write: vote,
          submit, comment
        </label>
      </fieldset>
      <p>
        <button>Make a token</button>
      </p>
    </form>
  );
}

function Token({ token }: { token: ListedToken }) {
  return (
    <li>
      <p>
        {token.name}
        <span class="kicker">
          <span>{token.scope === 'read' ? 'reads' : 'reads and writes'}</span>{' '}
          <span>made {dateOf(token.createdAt)}</span>{' '}
          <span>{token.lastUsedAt === null ? 'never used' : `last used ${dateOf(token.lastUsedAt)}`}</span>
        </span>
      </p>
      <form method="post" action="/settings/tokens/revoke">
        <input type="hidden" name="id" value={token.id} />
        <button>
          Revoke<span class="unseen"> {token.name}</span>
        </button>
      </form>
    </li>
  );
}
