/** As much of MIME as reports of mail servers need: headers, the parts of a multipart, their encodings. Pure. */

export interface Entity {
  /** By lower-case name; the first of each, unfolded. */
  headers: ReadonlyMap<string, string>;
  /** All values of what may come several times, such as Delivered-To. */
  all(name: string): string[];
  /** `message/delivery-status`, lower case. */
  type: string;
  /** Decoded; empty for a multipart. */
  text: string;
  parts: Entity[];
}

/** Parts within parts that are read; reports have three levels. */
const DEEPEST = 6;
const MOST_PARTS = 50;

export function readEntity(source: string, depth = 0): Entity {
  const [head, body] = cutHead(source.replaceAll('\r\n', '\n'));
  const fields = readFields(head);
  const headers = new Map(fields.toReversed());
  const type = (headers.get('content-type') ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const boundary = parameterOf(headers.get('content-type') ?? '', 'boundary');
  const isMultipart = type.startsWith('multipart/') && boundary !== undefined && depth < DEEPEST;
  return {
    headers,
    all: (name) => fields.filter(([one]) => one === name).map(([, value]) => value),
    type,
    text: isMultipart ? '' : decode(body, headers.get('content-transfer-encoding') ?? ''),
    parts: isMultipart ? splitParts(body, boundary).map((part) => readEntity(part, depth + 1)) : [],
  };
}

/** The fields of a block such as `Final-Recipient: rfc822; ann@example.org`, by lower-case name, unfolded. */
export function readFields(block: string): [name: string, value: string][] {
  return block
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name.toLowerCase(), value.trim()]];
    });
}

/** All entities, the outer ones first. */
export function* walk(entity: Entity): Generator<Entity> {
  yield entity;
  for (const part of entity.parts) yield* walk(part);
}

function cutHead(source: string): [head: string, body: string] {
  const text = source.replace(/^\n+/, '');
  const end = text.indexOf('\n\n');
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + 2)];
}

function parameterOf(value: string, name: string): string | undefined {
  const [, quoted, bare] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(value) ?? [];
  return quoted ?? bare;
}

function splitParts(body: string, boundary: string): string[] {
  const [, ...parts] = `\n${body}`.split(`\n--${boundary}`);
  return parts
    .filter((part) => !part.startsWith('--'))
    .slice(0, MOST_PARTS)
    .map((part) => part.replace(/^[ \t]*\n/, ''));
}

function decode(body: string, encoding: string): string {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
    case 'quoted-printable':
      return body
        .replaceAll(/=[ \t]*\n/g, '')
        .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    default:
      return body;
  }
}
