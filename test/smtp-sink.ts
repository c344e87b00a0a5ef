/** A real mail server that keeps what it takes over, and misbehaves on request. */

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';

export interface Taken {
  from: string;
  to: string;
  raw: string;
}

/** What the server does with one mail. Times out where it says nothing. */
export type Fault =
  | { kind: 'refuse recipient'; code: number; text?: string }
  | { kind: 'refuse message'; code: number; text?: string }
  | { kind: 'hang up' }
  | { kind: 'hang up after the end' }
  | { kind: 'say nothing' }
  | { kind: 'take and say nothing' };

export interface SinkOptions {
  /** Asked for every mail; undefined takes it. */
  fault?: (to: string) => Fault | undefined;
  /** Told of each mail that was taken over, before its sender is. */
  onTaken?: (mail: Taken) => void;
  /** Its sender is told when this resolves; at once where it is left out or gives nothing. */
  hold?: (mail: Taken) => Promise<void> | undefined;
}

export interface Sink extends AsyncDisposable {
  url: string;
  port: number;
  taken: Taken[];
  /** Resolves once so many connections were closed. */
  hungUp(count: number): Promise<void>;
  /** The most mails whose senders waited for the last answer at once. */
  mostOwed(): number;
  /** Those to one address, the oldest first. */
  to(email: string): Taken[];
}

export async function openSink({
  fault = () => undefined,
  onTaken,
  hold = () => undefined,
}: SinkOptions = {}): Promise<Sink> {
  let closed = 0;
  let owed = 0;
  let mostOwed = 0;
  const taken: Taken[] = [];
  const faults = new Map<string, Fault | undefined>();
  const refusal = (code: number, text = 'not today') => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onClose: () => {
      closed += 1;
      server.emit('closed');
    },
    onRcptTo({ address }, session, done) {
      const made = fault(address);
      faults.set(session.id, made);
      if (made?.kind === 'refuse recipient') return done(refusal(made.code, made.text));
      if (made?.kind === 'hang up') return hangUp(session.id);
      done();
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('error', () => undefined); // a sender that goes away in the middle
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const made = faults.get(session.id);
        if (made?.kind === 'refuse message') return done(refusal(made.code, made.text));
        if (made?.kind === 'hang up after the end') return hangUp(session.id);
        if (made?.kind === 'say nothing') return;
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo[0]?.address ?? '',
          raw: Buffer.concat(pieces).toString('latin1'),
        };
        taken.push(mail);
        onTaken?.(mail);
        if (made?.kind === 'take and say nothing') return;
        mostOwed = Math.max(mostOwed, (owed += 1));
        const answer = () => {
          owed -= 1;
          done();
        };
        const held = hold(mail);
        if (held === undefined) answer();
        else void held.then(answer);
      });
    },
  });
  function hangUp(id: string): void {
    for (const connection of server.connections) if (connection.session.id === id) connection.close();
  }
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    mostOwed: () => mostOwed,
    async hungUp(count) {
      while (closed < count) await new Promise((resolve) => server.once('closed', resolve));
    },
    to: (email) => taken.filter((mail) => mail.to === email),
    async [Symbol.asyncDispose]() {
      for (const connection of server.connections) connection.close();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

export async function parse({ raw }: Pick<Taken, 'raw'>): Promise<ParsedMail> {
  return await simpleParser(Buffer.from(raw, 'latin1'));
}

/** `<…@…>` */
export function messageIdIn({ raw }: Pick<Taken, 'raw'>): string {
  return /^message-id: (.+)$/im.exec(raw)?.[1]?.trim() ?? '';
}
