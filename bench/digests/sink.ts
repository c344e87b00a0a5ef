/** A mail server that takes everything and keeps nothing: as little work as SMTP allows, so that the sender is measured. */

import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Until it says that it has a mail. */
const answerMs = Number(process.env['ANSWER_MS'] ?? 0);
let taken = 0;
let bytes = 0;

function serve(socket: Socket): void {
  let rest = '';
  let inData = false;
  // Answers to commands that came together leave together, as those of mail servers do; else each waits 40 ms for the last.
  socket.setNoDelay(true);
  const say = (line: string) => void socket.write(`${line}\r\n`);
  socket.on('error', () => undefined);
  socket.setEncoding('latin1');
  socket.on('data', (piece: string) => {
    bytes += piece.length;
    rest += piece;
    for (;;) {
      if (inData) {
        const end = rest.indexOf('\r\n.\r\n');
        if (end === -1) {
          rest = rest.slice(-4);
          return;
        }
        rest = rest.slice(end + 5);
        inData = false;
        taken += 1;
        if (answerMs === 0) say('250 2.0.0 taken');
        else setTimeout(say, answerMs, '250 2.0.0 taken');
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end === -1) return;
      const verb = rest.slice(0, 4).toUpperCase();
      rest = rest.slice(end + 2);
      if (verb === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n');
      else if (verb === 'DATA') {
        inData = true;
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 2.0.0 fine');
    }
  });
  say('220 sink ESMTP');
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ taken, bytes }));
process.on('disconnect', () => process.exit(0));
