/** Mail against a real SMTP server, with its faults. */

import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { messageWriter } from './compose.ts';
import { MailError } from './mail.ts';
import { mailToServer } from './smtp.ts';

const MESSAGE = { to: 'ann@example.org', subject: 'Grüße', text: 'Häuser\n.\nFrom here' };
const write = messageWriter('Daily Papers <papers@example.org>');

async function serve(options: SMTPServerOptions = {}) {
  const received: { to: string[]; mail: ParsedMail }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const read = async () => {
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), mail: await simpleParser(stream) });
        done();
      };
      // A mail whose end never comes is none.
      read().catch((error: Error) => assert.match(error.message, /before the message was received in full/));
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.on('error', () => undefined);
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** Fails with the MailError that `send` rejects with. */
async function failure(url: string, signal?: AbortSignal): Promise<MailError> {
  const mail = mailToServer({ url, write, patience: { socketTimeout: 300, greetingTimeout: 300 } });
  try {
    await mail.send(MESSAGE, signal);
  } catch (error) {
    assert.ok(error instanceof MailError, String(error));
    return error;
  } finally {
    mail.close();
  }
  throw new Error('the mail was sent');
}

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

describe('mail through a server', () => {
  test('arrives as it was written, to one recipient, marked as a program’s', async () => {
    await using server = await serve();
    const mail = mailToServer({ url: server.url, write });
    await mail.send({
      ...MESSAGE,
      html: '<p>Häuser</p>',
      headers: { 'List-Unsubscribe': '<https://papers.example/u>' },
      messageId: '<a@b>',
    });
    mail.close();
    const [one] = server.received;
    assert.deepEqual(one?.to, ['ann@example.org']);
    assert.equal(one.mail.subject, 'Grüße');
    assert.equal(one.mail.text?.trim(), MESSAGE.text);
    assert.equal(one.mail.from?.text, '"Daily Papers" <papers@example.org>');
    assert.equal(one.mail.messageId, '<a@b>');
    assert.equal(one.mail.headers.get('auto-submitted'), 'auto-generated');
  });

  test('an address with a comma or a line in it is still one address', async () => {
    await using server = await serve();
    const mail = mailToServer({ url: server.url, write });
    await mail
      .send({ ...MESSAGE, to: 'a@example.org,b@example.org', subject: 'x\r\nBcc: c@example.org' })
      .catch(() => undefined);
    mail.close();
    for (const { to, mail: got } of server.received) {
      assert.equal(to.length, 1);
      assert.equal(got.bcc, undefined);
    }
  });

  test('a name and password are given; wrong ones are said, without them', async () => {
    await using server = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'user' && password === 'p@ss' ? done(null, { user: 'user' }) : done(refusal(535, 'no')),
    });
    const mail = mailToServer({ url: `smtp://user:p%40ss@127.0.0.1:${server.port}`, write });
    await mail.send(MESSAGE);
    mail.close();
    assert.equal(server.received.length, 1);
    const error = await failure(`smtp://user:wrong@127.0.0.1:${server.port}`);
    assert.match(error.message, /refuses the name and password/);
    assert.equal(error.permanent, false);
    assert.doesNotMatch(error.message, /wrong/);
  });

  test('a recipient that is refused for good is not tried again; one that is refused for now is', async () => {
    for (const [code, permanent] of [
      [550, true],
      [451, false],
    ] as const) {
      await using server = await serve({ onRcptTo: (_to, _session, done) => done(refusal(code, 'not here')) });
      const error = await failure(server.url);
      assert.equal(error.permanent, permanent, String(code));
      assert.deepEqual([error.refusal.refused, error.refusal.code], ['recipient', code]);
      assert.match(error.message, /refuses: .*not here/);
    }
  });

  test('a sender that is refused is a matter for the operator: no mail is given up for it', async () => {
    for (const code of [550, 553]) {
      await using server = await serve({ onMailFrom: (_from, _session, done) => done(refusal(code, 'not from here')) });
      const error = await failure(server.url);
      assert.deepEqual([error.permanent, error.refusal.refused, error.refusal.code], [false, 'session', code]);
      assert.match(error.message, /refuses: .*not from here/);
    }
  });

  test('a mail that is refused after it was read', async () => {
    await using server = await serve({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(refusal(552, 'mailbox is full')));
      },
    });
    const error = await failure(server.url);
    assert.deepEqual([error.permanent, /mailbox is full/.test(error.message)], [true, true]);
    assert.deepEqual([error.refusal.refused, error.refusal.code], ['message', 552]);
  });

  test('a server that says nothing, or stops in the middle, is given up', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const error = await failure(`smtp://127.0.0.1:${port}`);
    assert.equal(error.permanent, false);
    assert.match(error.message, /127\.0\.0\.1:\d+ cannot be used: /);
    silent.close();
    await using stalling = await serve({ onRcptTo: () => undefined });
    assert.equal((await failure(stalling.url)).permanent, false);
  });

  test('a server that is down', async () => {
    const server = await serve();
    await server[Symbol.asyncDispose]();
    const error = await failure(server.url);
    assert.match(error.message, /cannot be used/);
    assert.equal(error.permanent, false);
  });

  test('who ends the program does not wait for a slow server', async () => {
    await using server = await serve({ onMailFrom: () => undefined });
    const error = await failure(server.url, AbortSignal.timeout(50));
    assert.equal(error.permanent, false);
  });

  test('many mails go over a few connections', async () => {
    let connections = 0;
    await using server = await serve({
      onConnect(_session, done) {
        connections += 1;
        done();
      },
    });
    const mail = mailToServer({ url: server.url, write });
    await Promise.all(Array.from({ length: 40 }, async () => await mail.send(MESSAGE)));
    mail.close();
    assert.equal(server.received.length, 40);
    assert.ok(connections <= 5, `${connections} connections`);
  });

  test('a server has all of a mail but its end until it may end, and forgets one that is broken off', async () => {
    let begun = 0;
    await using server = await serve({
      onRcptTo(_to, _session, done) {
        begun += 1;
        done();
      },
    });
    const mail = mailToServer({ url: server.url, write });
    const { promise: mayEnd, resolve } = Promise.withResolvers<void>();
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
    const sending = mail.send(MESSAGE, undefined, async () => {
      asked();
      await mayEnd;
    });
    await isAsked;
    assert.deepEqual([begun, server.received.length], [1, 0]);
    resolve();
    await sending;
    assert.equal(server.received.length, 1);
    await assert.rejects(
      mail.send(MESSAGE, undefined, async () => {
        throw new Error('it is too late for this one');
      }),
      MailError,
    );
    await mail.send(MESSAGE);
    mail.close();
    assert.equal(server.received.length, 2);
  });
});
