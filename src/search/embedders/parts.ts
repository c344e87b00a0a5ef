/** Cuts texts into requests, and into smaller ones where a server finds them too large. */

/** text-embeddings-inference takes 32 texts a request unless told otherwise; OpenAI would take 2048. */
const MOST_TEXTS = 32;
/** So that requests stay small where papers come as whole pages; OpenAI's limit is 300 000 tokens. */
const MOST_CHARACTERS = 60_000;
/**
 * Four times an abstract as long as arXiv allows (1 920). Of OpenAI's 8 192 tokens a text has no more than characters,
 * in practice.
 */
export const LONGEST_TEXT = 8_000;
/** What is still refused at this length is refused for another reason: models read at least 128 tokens. */
const SHORTEST_CUT = 300;
const CUT = 0.7;

/** Texts in order, in as few requests as the limits allow. */
export function intoRequests(texts: readonly string[]): string[][] {
  const requests: string[][] = [];
  let characters = 0;
  for (const text of texts) {
    const open = requests.at(-1);
    characters += text.length;
    if (open !== undefined && open.length < MOST_TEXTS && characters <= MOST_CHARACTERS) open.push(text);
    else {
      requests.push([text]);
      characters = text.length;
    }
  }
  return requests;
}

export type Sent = { vectors: Float32Array[] } | { refused: string };

export interface Server {
  send(texts: readonly string[]): Promise<Sent>;
  /** What the server was found to take in one text; longer ones are cut beforehand. */
  longest: number;
  /** A text of which it will make no vector, however short, while it makes one of others. */
  giveUp(text: string, reason: string): Float32Array;
  /** Throws: it refuses everything. */
  refuse(reason: string): never;
}

/** The vectors of one request, sent in halves and with shorter texts until the server takes them. */
export async function sendInParts(server: Server, texts: readonly string[]): Promise<Float32Array[]> {
  const sent = await server.send(texts.map((text) => cutAt(text, server.longest)));
  if ('vectors' in sent) return sent.vectors;
  if (texts.length === 1) return [await sendShorter(server, texts[0] ?? '', sent.refused)];
  const half = Math.ceil(texts.length / 2);
  return [...(await sendInParts(server, texts.slice(0, half))), ...(await sendInParts(server, texts.slice(half)))];
}

async function sendShorter(server: Server, text: string, refused: string): Promise<Float32Array> {
  let reason = refused;
  for (let length = Math.min(text.length, server.longest) * CUT; length >= SHORTEST_CUT; length *= CUT) {
    const sent = await server.send([cutAt(text, Math.floor(length))]);
    if ('vectors' in sent) {
      server.longest = Math.min(server.longest, Math.floor(length));
      return sent.vectors[0] ?? server.refuse(reason);
    }
    reason = sent.refused;
  }
  // Is it this text, or every one? Without an answer papers would be left without vectors unnoticed.
  const other = await server.send(['a paper']);
  return 'vectors' in other ? server.giveUp(text, reason) : server.refuse(reason);
}

/** Not between the halves of a character. */
function cutAt(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed();
}
