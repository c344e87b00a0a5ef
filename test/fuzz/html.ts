/** Reads a page as strictly as no browser does: whatever is not closed, quoted and escaped is a fault. */

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:="([^"]*)")?/g;
const BARE_AMPERSAND = /&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)/i;

export interface Tag {
  name: string;
  /** Entities are read. */
  attributes: Map<string, string>;
}

export interface ReadPage {
  tags: Tag[];
  /** What is wrong with it, in words; empty for a page that is right. */
  faults: string[];
}

export function readPage(html: string): ReadPage {
  const tags: Tag[] = [];
  const faults: string[] = [];
  const open: string[] = [];
  const doctype = '<!doctype html>';
  if (!html.toLowerCase().startsWith(doctype)) faults.push('it does not begin with a doctype');
  let at = doctype.length;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    const text = html.slice(at, next < 0 ? html.length : next);
    if (BARE_AMPERSAND.test(text)) faults.push(`a bare & in ${text.slice(0, 80)}`);
    if (next < 0) break;
    TAG.lastIndex = next;
    const match = TAG.exec(html);
    if (!match) {
      faults.push(`no tag: ${html.slice(next, next + 80)}`);
      break;
    }
    at = TAG.lastIndex;
    const [, closing, name = '', attributes = '', selfClosing] = match;
    if (closing) {
      const expected = open.pop();
      if (expected !== name) faults.push(`</${name}> closes <${expected}>`);
    } else {
      tags.push({ name, attributes: readAttributes(attributes, faults) });
      if (!selfClosing && !VOID.has(name)) open.push(name);
    }
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`);
  faults.push(...twice(tags.flatMap(({ attributes }) => attributes.get('id') ?? [])).map((id) => `id ${id} twice`));
  return { tags, faults };
}

function readAttributes(text: string, faults: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(ATTRIBUTE)) {
    if (found.has(name)) faults.push(`attribute ${name} twice`);
    if (BARE_AMPERSAND.test(value)) faults.push(`a bare & in ${name}="${value.slice(0, 80)}"`);
    found.set(name, unescapeHtml(value));
  }
  return found;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal?: string, hex?: string, name = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? entity;
  });
}

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
