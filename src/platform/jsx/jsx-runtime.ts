/**
 * What JSX becomes on the server: HTML at once. An element is a string as soon as it is written down, children first;
 * there is no tree, no context and no component that waits, because pages are made of data that is at hand.
 *
 * The compiler calls these functions by their names; tsconfig.json and the imports of package.json lead it here.
 */

import type { JSX as Hono } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import { escaped, Html, raw } from './html.ts';

/** What may stand between tags. Nothing is printed for what is not there: `{votes > 0 && <Votes />}`. */
export type Child = string | number | boolean | null | undefined | JSX.Element | readonly Child[];

type Props = Record<string, unknown> & { children?: Child };
type Component = (props: Props) => Child;

export declare namespace JSX {
  /** Never a promise; but of what may be one `c.html()` says rightly that it answers with one. */
  type Element = HtmlEscapedString | Promise<HtmlEscapedString>;
  type ElementType = string | ((props: never) => Child);
  interface ElementChildrenAttribute {
    children: Child;
  }
  /** Elements and their attributes: those of HTML, of custom-elements.d.ts, and what is used of SVG. */
  interface IntrinsicElements extends Hono.IntrinsicElements {
    svg: Props;
    path: Props;
    circle: Props;
  }
}

/** Elements that have no content and no closing tag. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
/** Attributes that say yes or no in words; all others do so by being there. */
const IN_WORDS = /^(?:aria-|spellcheck$|draggable$|contenteditable$)/;

export function jsx(tag: string | Component, props: Props): JSX.Element {
  if (typeof tag === 'function') {
    const made = tag(props);
    return made instanceof Html ? (made as unknown as JSX.Element) : raw(print(made));
  }
  const { open, close } = tags.get(tag) ?? readTag(tag);
  let html = open;
  for (const name in props) if (name !== 'children') html += attribute(name, props[name]);
  return raw(close === undefined ? `${html}/>` : `${html}>${print(props.children)}${close}`);
}

interface Tag {
  open: string;
  /** Undefined for an element that has no content. */
  close: string | undefined;
}

/** As many as pages are written with. */
const tags = new Map<string, Tag>();

function readTag(name: string): Tag {
  const tag: Tag = { open: `<${name}`, close: VOID.test(name) ? undefined : `</${name}>` };
  tags.set(name, tag);
  return tag;
}

/** For what stands on many pages and is written down once: it lies in one piece, which takes less to be printed than its parts. */
export function fixed(element: JSX.Element): JSX.Element {
  return raw(Buffer.from(print(element)).toString());
}

/** With several children. */
export const jsxs = jsx;

export function Fragment({ children }: Props): Child {
  return children;
}

/** The HTML of it: text is escaped, what was made safe is not. */
export function print(child: Child): string {
  if (typeof child === 'string') return escaped(child);
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (typeof child === 'number') return String(child);
  if (child instanceof Html) return child.html;
  if (!Array.isArray(child)) throw new TypeError('Only text, numbers, elements and lists of them can be printed.');
  let html = '';
  for (const one of child as readonly Child[]) html += print(one);
  return html;
}

function attribute(name: string, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return ` ${name}="${escaped(value)}"`;
    case 'number':
      return ` ${name}="${value}"`;
    case 'boolean':
      if (IN_WORDS.test(name)) return ` ${name}="${value}"`;
      return value ? ` ${name}=""` : '';
    case 'undefined':
      return '';
    default:
      if (value === null) return '';
      throw new TypeError(`The attribute ${name} can be text, a number, or yes or no.`);
  }
}
