/** What is being written, kept by the browser in this tab over any page load until it was sent: by form, and by who writes. */

/** A browser may refuse to keep anything: then there are no drafts. */
function store(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Where it is sent, what it answers, and what it was made of. A tab may be signed in as somebody else later. */
export function draftKey(form: HTMLFormElement): string {
  const who = document.querySelector('.account a[href^="/users/"]')?.getAttribute('href') ?? '';
  const about = ['replyTo', 'was'].map((name) => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '');
  return ['draft', who, new URL(form.action).pathname, ...about].join(' ');
}

export function readDraft(key: string): string | undefined {
  return store()?.getItem(key) ?? undefined;
}

/** Without text it is forgotten. False where it cannot be kept, or has no key. */
export function keepDraft(key: string | undefined, text: string | undefined): boolean {
  if (key === undefined) return false;
  try {
    if (text === undefined) store()?.removeItem(key);
    else store()?.setItem(key, text);
    return store() !== undefined;
  } catch {
    return false; // full
  }
}
