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
  if (typeof tag === 'function') return raw(print(tag(props)));
  let html = `<${tag}`;
  for (const name in props) if (name !== 'children') html += attribute(name, props[name]);
  if (VOID.test(tag)) return raw(`${html}/>`);
  return raw(`${html}>${print(props.children)}</${tag}>`);
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
