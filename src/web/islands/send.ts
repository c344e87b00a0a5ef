/** Sends a form without leaving the page, and says what became of it. */

export interface Answer {
  ok: boolean;
  /** 0 where no answer came. */
  status: number;
  /** What is to be told where it was refused; empty where it was taken. */
  said: string;
  /** Of JSON that the site sent; empty if there is none. */
  body: Record<string, unknown>;
  headers: Headers;
}

/** Never rejects. */
export async function send(form: HTMLFormElement, fields: URLSearchParams): Promise<Answer> {
  const request = { method: 'POST', headers: { accept: 'application/json' }, body: fields };
  const response = await fetch(form.action, request).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  if (response === undefined || text === undefined)
    // Whether it has arrived is not known; every form says what is wanted, so that a second time changes nothing.
    return { ok: false, status: 0, said: 'No answer came. Send it again: nothing is done twice.', ...NOTHING };
  const { ok, status, headers } = response;
  const body = read(text);
  return { ok, status, headers, body, said: ok ? '' : wordsOf(status, body) };
}

const NOTHING = { body: {}, headers: new Headers() };

/** What stands between us and the site may answer in HTML. */
function read(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function wordsOf(status: number, { error, hint }: Record<string, unknown>): string {
  if (typeof error !== 'string') return `It was not taken: the answer was ${status}. Try again in a while.`;
  const sentence = /[.!?]$/.test(error) ? error : `${error}.`;
  return typeof hint === 'string' ? `${sentence} ${hint}` : sentence;
}

/** All that a browser would send of it, with what the button says that was pressed. */
export function fieldsOf(form: HTMLFormElement, button?: HTMLElement | null): URLSearchParams {
  const texts = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const fields = new URLSearchParams(texts);
  if (button instanceof HTMLButtonElement && button.name !== '') fields.set(button.name, button.value);
  return fields;
}

/** The way that it would have gone without scripts: the page that it leads to says more, or lets the reader sign in. */
export function sendAsPage(form: HTMLFormElement, fields: URLSearchParams): void {
  for (const [name, value] of fields) {
    if (form.querySelector(`[name="${name}"]:not(button)`)) continue;
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  document.dispatchEvent(new Event('moving-on')); // the browser tells nobody of a form that a script sends
  form.submit();
}
