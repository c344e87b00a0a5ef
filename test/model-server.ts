/** A stand-in for a model server: OpenAI's embeddings protocol on 127.0.0.1, with the faults that real ones have. */

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelRequest {
  url: string;
  authorization: string | undefined;
  model: string;
  input: string[];
  dimensions: number | undefined;
}

/** Instead of an answer: what to do with a request, once. */
export type ModelFault = (response: ServerResponse, request: ModelRequest) => void;

export interface ModelServer extends AsyncDisposable {
  /** As EMBEDDINGS_URL. */
  url: string;
  requests: ModelRequest[];
  /** Used up one by one; further requests are answered. */
  faults: ModelFault[];
  /** For each request, as long as it is set and gives a fault. */
  rule: ((request: ModelRequest) => ModelFault | undefined) | undefined;
}

export async function startModelServer({ dimensions = 32 } = {}): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const faults: ModelFault[] = [];
  const state: Pick<ModelServer, 'rule'> = { rule: undefined };
  const http = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const fault = faults.shift() ?? state.rule?.(request);
      if (fault) return fault(response, request);
      return reply(response, 200, answerTo(request, request.dimensions ?? dimensions));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests,
    faults,
    get rule() {
      return state.rule;
    },
    set rule(rule) {
      state.rule = rule;
    },
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<ModelRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as Pick<ModelRequest, 'model' | 'input' | 'dimensions'>;
  return { ...body, url: incoming.url ?? '', authorization: incoming.headers.authorization };
}

export interface ModelAnswer {
  object: string;
  model: string;
  data: { object: string; index: number; embedding: (number | null)[] }[];
}

/** Not of unit length, and in reverse, because the protocol promises neither. */
export function answerTo({ model, input }: ModelRequest, dimensions: number): ModelAnswer {
  const data = input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: bagOfWords(`${model} ${text}`, dimensions),
  }));
  return { object: 'list', model, data: data.toReversed() };
}

/** Texts that share words are near each other: enough of a model to search with. */
function bagOfWords(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
    const place = hash % dimensions;
    vector[place] = (vector[place] ?? 0) + 3 * ((hash >>> 9) & 1) - 1.5;
  }
  return vector;
}

export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

export const modelFaults = {
  status:
    (status: number, message = '', headers: Record<string, string> = {}): ModelFault =>
    (response) =>
      reply(response, status, { error: { message, type: 'stand_in' } }, headers),
  page: (response: ServerResponse) => reply(response, 200, '<!doctype html><title>Sign in to the Wi-Fi</title>'),
  /** Changes the right answer. */
  changed:
    (change: (answer: ModelAnswer) => unknown, dimensions = 32): ModelFault =>
    (response, request) =>
      reply(response, 200, change(answerTo(request, dimensions))),
  /** Not a word, until the other side has enough. */
  stall: () => undefined,
  reset: (response: ServerResponse) => response.socket?.resetAndDestroy(),
  /** The head and half of the body. */
  cut: (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data": [', () => response.socket?.destroy());
  },
};
