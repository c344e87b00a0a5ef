/** Parses arXiv's XML record by record, so that a page of 2 500 does not hold up readers. */

import { setImmediate as breathe } from 'node:timers/promises';
import { XMLParser } from 'fast-xml-parser';
import { AppError } from '#platform/errors.ts';
import { cut } from './xml-scan.ts';

/** An element: its children and `@attributes` by local name. One without either is just its text. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] | undefined };

/** Parsing a whole page at once blocks some 250 ms (2 500 records, 5 MB); a slice of this length is not noticed. */
const SLICE_MS = 8;

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // The parser's own decoder knows no numeric entities and limits how many a document may have.
  entityDecoder: {
    decode: decodeEntities,
    addInputEntities: () => {
      throw new AppError('upstream', 'it declares entities');
    },
    setExternalEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

export interface BadRecord {
  source: string;
  reason: string;
}

export interface XmlReading<T> {
  /** The document without its records. */
  frame: XmlNode;
  items: T[];
  /** Records that `read` or the parser refused. */
  bad: BadRecord[];
}

/**
 * Parses a document and hands each element named in `names` to `read`, which may return undefined to leave it out or
 * throw an AppError to refuse it. Gives way to other work in between. Throws an AppError if the document is broken.
 */
export async function readXml<T>(
  text: string,
  names: readonly string[],
  read: (record: XmlNode) => T | undefined,
): Promise<XmlReading<T>> {
  const items: T[] = [];
  const bad: BadRecord[] = [];
  const pieces = cut(text, new Set(names));
  let began = performance.now();
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done) return { frame: parse(piece.value), items, bad };
    const source = piece.value;
    try {
      const item = read(parse(source));
      if (item !== undefined) items.push(item);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      bad.push({ source, reason: error.message });
    }
    if (performance.now() - began > SLICE_MS) {
      await breathe();
      began = performance.now();
    }
  }
}

/** The root element of a piece of XML. */
function parse(xml: string): XmlNode {
  try {
    const document = parser.parse(xml) as Record<string, XmlNode>;
    const [name, root] = Object.entries(document).find(([key]) => key !== '#text') ?? [];
    if (name === undefined || root === undefined) throw new AppError('upstream', 'it is not XML');
    return typeof root === 'string' ? { '#name': name, '#text': root } : { ...root, '#name': name };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('upstream', `it is not XML that can be read (${(error as Error).message})`, { cause: error });
  }
}

/** The local name of a document's or record's root element. */
export function rootName(node: XmlNode): string {
  return textOf(child(node, '#name')) ?? '';
}

export function children(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  if (node === undefined || typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const found = node[name];
  return found === undefined ? [] : isList(found) ? found : [found];
}

/** The first child of that name; `a/b` looks inside. */
export function child(node: XmlNode | undefined, path: string): XmlNode | undefined {
  return path.split('/').reduce<XmlNode | undefined>((at, name) => children(at, name)[0], node);
}

/** As it stands in the document, entities resolved; undefined if there is no such element. */
export function textOf(node: XmlNode | undefined): string | undefined {
  if (node === undefined || typeof node === 'string') return node;
  const text = node['#text'];
  return typeof text === 'string' ? text : '';
}

export function attribute(node: XmlNode | undefined, name: string): string | undefined {
  return textOf(child(node, `@${name}`));
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}
