/** Passkeys of an account. Making one takes JavaScript, because browsers give them to scripts only. */

import type { ListedPasskey } from '#accounts/passkey-store.ts';
import { dateOf } from '#platform/dates.ts';
import { Part } from './part.tsx';
import type { Told } from './part.tsx';

interface PasskeysProps {
  passkeys: readonly ListedPasskey[];
  /** Whether none can be made: the account is banned. */
  isFixed: boolean;
  told: Told | undefined;
}

export function Passkeys({ passkeys, isFixed, told }: PasskeysProps) {
  return (
    <Part id="passkeys" title="Passkeys" told={told}>
      <p>With a passkey you sign in with your finger, your face or the PIN of your device, without mail.</p>
      {passkeys.length > 0 && (
        <ul class="owned">
          {passkeys.map((passkey) => (
            <li>
              <p>
                {passkey.name ?? 'A passkey'}
                <span class="kicker">
                  {passkey.createdAt !== null && <span>made {dateOf(passkey.createdAt)}</span>}{' '}
                  <span>{passkey.isSynced ? 'on all your devices' : 'on one device'}</span>
                </span>
              </p>
              <form method="post" action="/settings/passkeys/remove">
                <input type="hidden" name="id" value={passkey.id} />
                <button>
                  Remove<span class="unseen"> {passkey.name ?? 'the passkey'}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {!isFixed && <NewPasskey />}
    </Part>
  );
}

function NewPasskey() {
  return (
    <>
      <passkey-button data-do="add" hidden>
        <button type="button">Make a passkey for this device</button>
        <p role="status"></p>
      </passkey-button>
      <noscript>
        <p class="quiet">To make a passkey, turn JavaScript on for this page. Everything else here works without.</p>
      </noscript>
    </>
  );
}
