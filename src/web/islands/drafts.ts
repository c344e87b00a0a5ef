/** What is being written, kept by the browser in this tab over any page load until it was sent: by form, and by who writes. */

/** A browser may refuse to keep anything: then there are no drafts. */
function store(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

export interface Draft {
  /** The id of who writes. A tab may be signed in as somebody else later. */
  by: string;
  /** Where it is sent. */
  path: string;
  /** The comment that it answers. */
  replyTo: string;
  /** The mark of the text that it was made of. */
  was: string;
}

export function draftOf(form: HTMLFormElement): Draft {
  const value = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';
  const { pathname: path } = new URL(form.action);
  return { by: value('made_for'), path, replyTo: value('replyTo'), was: value('was') };
}

export function keyOf({ by, path, replyTo, was }: Draft): string {
  return ['draft', by, path, replyTo, was].join(' ');
}

/** All that one person is writing below a path. */
export function listDrafts(by: string, below: string): Draft[] {
  return Object.keys(store() ?? {}).flatMap((key) => {
    const [kind, who, path = '', replyTo = '', was = ''] = key.split(' ');
    return kind === 'draft' && who === by && path.startsWith(below) ? [{ by, path, replyTo, was }] : [];
  });
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
