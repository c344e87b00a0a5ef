/** Mail through a server, over some connections that stay open for the next mails. */

import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { MessageWriter } from './compose.ts';
import type { BeforeEnd, Mail, Refused } from './mail.ts';
import { END_TIMEOUT_MS, MailError } from './mail.ts';

const MINUTE = 60_000;
/** A server that takes longer is as good as down; the mail is tried again. */
const PATIENCE = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  dnsTimeout: 10_000,
  /** Of silence. Connections wait for `beforeEnd` while other mails wait for their last answers, hence so long. */
  socketTimeout: 45 * MINUTE,
  /** Until the server has all of a mail but its end; RFC 5321 has five minutes for a command. */
  handoverTimeout: 5 * MINUTE,
  endTimeout: END_TIMEOUT_MS,
};
/** Somebody waits for a mail without `beforeEnd`, and those who send such ones hold them for two minutes. */
const IN_A_HURRY = { handoverTimeout: MINUTE, endTimeout: 45_000 };

const USUAL_CONNECTIONS = 5;
/** Mails over one connection; some servers count and hang up after a hundred. */
const MAILS_PER_CONNECTION = 100;

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the start. */
  url: string;
  write: MessageWriter;
  /** Open at once, at most. */
  connections?: number;
  /** Milliseconds, for tests. */
  patience?: Partial<typeof PATIENCE>;
}

export function mailToServer({
  url,
  write,
  patience,
  connections = USUAL_CONNECTIONS,
}: SmtpOptions): Pick<Mail, 'send' | 'close'> {
  const limits = { ...PATIENCE, ...patience };
  const transport = createTransport({
    ...limits,
    url,
    pool: true,
    maxConnections: connections,
    maxMessages: MAILS_PER_CONNECTION,
    // A connection that was closed while it was idle is no failure of the mail; everything else is tried again by us.
    maxRequeues: 1,
  } as Parameters<typeof createTransport>[0]);
  transport.use('stream', (mail, done) => {
    const { beforeEnd } = mail.data as { beforeEnd?: BeforeEnd };
    if (beforeEnd !== undefined) mail.message.processFunc((input) => heldBack(input, beforeEnd));
    done();
  });
  return {
    async send(message, signal, beforeEnd) {
      const { envelope, bytes } = await write(message);
      const late = new AbortController();
      const abortAfter = (timeout: number, why: string) => setTimeout(() => late.abort(new Error(why)), timeout);
      const { handoverTimeout, endTimeout } =
        beforeEnd === undefined ? { ...limits, ...IN_A_HURRY, ...patience } : limits;
      let timer = abortAfter(handoverTimeout, 'it does not take the mail');
      let isEnding = false;
      let isOver = false;
      const end = async () => {
        clearTimeout(timer);
        await beforeEnd?.();
        if (isOver) throw new Error('it was given up meanwhile');
        timer = abortAfter(endTimeout, 'no answer to the end of the mail');
        isEnding = true;
      };
      try {
        await transport.sendMail({
          envelope,
          raw: bytes,
          signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
          beforeEnd: end,
        } as Parameters<typeof transport.sendMail>[0]);
      } catch (error) {
        if (signal?.aborted === true)
          throw new MailError('It was stopped before the mail server had answered.', false, error, undefined, isEnding);
        throw explain(error as SmtpFailure, new URL(url).host, isEnding);
      } finally {
        isOver = true;
        clearTimeout(timer);
      }
    },
    close: () => transport.close(),
  };
}

/** Its first byte is read when the server wants the mail; then `beforeEnd` has its time before the last one. */
function heldBack(input: Readable, beforeEnd: BeforeEnd): Readable {
  return Readable.from(
    (async function* () {
      for await (const chunk of input) yield chunk as Buffer;
      await beforeEnd();
    })(),
    { objectMode: false },
  );
}

interface SmtpFailure extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
  rejectedErrors?: SmtpFailure[];
}

/** The server's own words, without the password. */
function explain(error: SmtpFailure, host: string, isEnding: boolean): MailError {
  const { code, message } = error;
  // Where commands were sent together, the error is that of the last; what was said of the recipient stands beside it.
  const { responseCode, response, command } = error.rejectedErrors?.[0] ?? error;
  if (code === 'EAUTH') return new MailError(`The mail server ${host} refuses the name and password.`, false, error);
  if (responseCode === undefined)
    return new MailError(`The mail server ${host} cannot be used: ${message}.`, false, error, undefined, isEnding);
  const refused = stageOf(code, command);
  // 5xx to a recipient or a mail stays so; 4xx (greylisting, a full disk) passes, and so does what it has against us.
  const isFinal = responseCode >= 500 && responseCode !== 503 && refused !== 'session';
  const reply = response ?? message;
  return new MailError(`The mail server ${host} refuses: ${reply}.`, isFinal, error, {
    refused,
    code: responseCode,
    reply,
  });
}

function stageOf(code: string | undefined, command: string | undefined): Refused {
  if (command === 'RCPT TO') return 'recipient';
  return code === 'EMESSAGE' || command === 'DATA' ? 'message' : 'session';
}
