/** Sends a form without leaving the page, and says what became of it. */

export interface Answer {
  ok: boolean;
  /** 0 where the site could not be reached. */
  status: number;
  /** What is to be told where it was refused; empty where it was taken. */
  said: string;
  /** Of JSON that the site sent; empty if there is none. */
  body: Record<string, unknown>;
  headers: Headers;
}

/** Never rejects. */
export async function send(form: HTMLFormElement, fields: URLSearchParams): Promise<Answer> {
  try {
    const headers = { accept: 'application/json' };
    const response = await fetch(form.action, { method: 'POST', headers, body: fields });
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    const { ok, status } = response;
    return { ok, status, body, headers: response.headers, said: ok ? '' : wordsOf(body) };
  } catch {
    const said = 'The site cannot be reached, so nothing was sent. Try again.';
    return { ok: false, status: 0, said, body: {}, headers: new Headers() };
  }
}

function wordsOf({ error, hint }: Record<string, unknown>): string {
  return [error, hint].filter((one) => typeof one === 'string').join(' ');
}

/** What the button says that was pressed, as a browser would send it. */
export function pressed(button: HTMLElement | null): URLSearchParams {
  const said = button instanceof HTMLButtonElement && button.name !== '' ? { [button.name]: button.value } : {};
  return new URLSearchParams(said);
}

/** The way that it would have gone without scripts: the page that it leads to says more, or lets the reader sign in. */
export function sendAsPage(form: HTMLFormElement, fields: URLSearchParams): void {
  for (const [name, value] of fields) {
    if (form.querySelector(`[name="${name}"]:not(button)`)) continue;
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  form.submit();
}
