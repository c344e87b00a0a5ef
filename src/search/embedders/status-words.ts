/** What a model server means by a status other than success, and what it says to it. */

export interface StatusMeaning {
  /** `refused`: fewer or shorter texts may do. `hopeless`: somebody has to act. `passing`: another try may do. */
  kind: 'refused' | 'hopeless' | 'passing';
  reason: string;
}

/** llama.cpp and older Ollama answer 500 to a text that is longer than their context. */
const TOO_LONG = /too (?:large|long|big|many)|exceed|context (?:length|size|window)/i;

export function explainStatus(status: number, words: string, hasKey: boolean): StatusMeaning {
  const said = words === '' ? '' : ` (“${words}”)`;
  const reason = `it answered ${status}${said}`;
  if (status === 400 || status === 413 || status === 422 || (status >= 500 && TOO_LONG.test(words)))
    return { kind: 'refused', reason };
  if (status === 401 || status === 403)
    return {
      kind: 'hopeless',
      reason: `it answered ${status}: ${hasKey ? 'the key in EMBEDDINGS_KEY is not right' : 'it wants a key, which belongs into EMBEDDINGS_KEY'}`,
    };
  if (status === 404 || status === 405)
    return {
      kind: 'hopeless',
      reason: `${reason}; EMBEDDINGS_MODEL must be a model that it has, and EMBEDDINGS_URL its address`,
    };
  if (status >= 300 && status < 400)
    return { kind: 'hopeless', reason: `${reason}, a redirect; EMBEDDINGS_URL must be the address where that leads` };
  return { kind: status === 408 || status === 425 || status === 429 || status >= 500 ? 'passing' : 'hopeless', reason };
}

/** What is left of an explanation of many lines. */
const LONGEST_SAYING = 200;

/** The explanation in a failure's body, as OpenAI and its imitators put it; '' if there is none. Never the key. */
export function wordsOf(body: string, key: string): string {
  const words = explanation(body);
  const told = key === '' ? words : words.replaceAll(key, '(secret)');
  return told.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SAYING);
}

function explanation(body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // A page or a plain line: only the line is of use.
    return body.trimStart().startsWith('<') ? '' : body;
  }
  for (const field of ['error', 'detail', 'message']) {
    if (typeof value === 'string') break;
    const inner = (value as Record<string, unknown> | null)?.[field];
    if (inner !== undefined && inner !== null) value = inner;
  }
  return typeof value === 'string' ? value : '';
}
