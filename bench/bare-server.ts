/** What node:http alone can do here: `bare-server.ts URL HEADERS-AS-JSON` asks once and sends that answer to everybody. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchOnce } from './command.ts';

const [url = '', asked = '{}'] = process.argv.slice(2);
const { status, headers, body } = await fetchOnce(url, JSON.parse(asked) as Record<string, string>);
// node:http adds these by itself, as it does for the server that is compared.
const { date: _date, connection: _connection, ...copied } = headers;
const flat = Object.entries(copied).flatMap(([name, value]) => [name, String(value)]);

const server = createServer((_request, response) => {
  response.writeHead(status ?? 200, flat);
  response.end(body.length > 0 ? body : undefined);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
