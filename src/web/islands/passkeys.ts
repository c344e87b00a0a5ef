/** `<passkey-button>`: makes a passkey, or signs in with one. Pages hide it from browsers that cannot. */

const FAILED = 'That did not work. Try again, or sign in by mail.';

interface Answer {
  next?: string;
  error?: string;
}

class PasskeyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    // Chromium 129, Firefox 119, Safari 18.4; older ones would take a library of ten times this size.
    if (!button || !('PublicKeyCredential' in window) || !('parseCreationOptionsFromJSON' in PublicKeyCredential))
      return;
    this.hidden = false;
    button.addEventListener('click', () => void this.#press(button));
  }

  async #press(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    this.#say('');
    try {
      const next = this.dataset['do'] === 'add' ? await add() : await use(this.dataset['next'] ?? '/');
      // The mark alone would not load the page anew.
      if (new URL(next, location.href).pathname === location.pathname) location.reload();
      else location.assign(next);
    } catch (error) {
      // A person who changes their mind is no failure (WebAuthn §5.1.3: NotAllowedError).
      if ((error as DOMException).name === 'InvalidStateError') this.#say('This device has a passkey already.');
      else if ((error as DOMException).name !== 'NotAllowedError')
        this.#say(error instanceof Refusal ? error.message : FAILED);
      button.disabled = false;
    }
  }

  #say(text: string): void {
    const status = this.querySelector('[role=status]');
    if (status) status.textContent = text;
  }
}

class Refusal extends Error {}

async function add(): Promise<string> {
  const options = await post<PublicKeyCredentialCreationOptionsJSON>('/settings/passkeys/options');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return (await post<Answer>('/settings/passkeys', made.toJSON())).next ?? '/settings';
}

async function use(next: string): Promise<string> {
  const options = await post<PublicKeyCredentialRequestOptionsJSON>('/sign-in/passkey/options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const query = new URLSearchParams({ next }).toString();
  return (await post<Answer>(`/sign-in/passkey?${query}`, used.toJSON())).next ?? '/';
}

async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as T & Answer;
  if (!response.ok) throw new Refusal(answer.error ?? FAILED);
  return answer;
}

customElements.define('passkey-button', PasskeyButton);
