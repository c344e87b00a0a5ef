/** Rule of markdown-it: images become links. A picture that is fetched from elsewhere tells that site who reads here. */

import type { MarkdownIt, StateCore, Token } from 'markdown-it';

export function withoutImages(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'images', (state) => {
    for (const { type, children } of state.tokens) if (type === 'inline' && children) replaceImages(state, children);
  });
}

function replaceImages(state: StateCore, children: Token[]): void {
  let links = 0;
  for (let at = 0; at < children.length; at += 1) {
    const token = children[at];
    if (token?.type === 'link_open') links += 1;
    if (token?.type === 'link_close') links -= 1;
    if (token?.type !== 'image') continue;
    const source = String(token.attrGet('src') ?? '');
    const text = new state.Token('text', '', 0);
    text.content = token.content.trim() || source;
    const shown = links > 0 ? [text] : linkTo(state, source, text);
    children.splice(at, 1, ...shown);
    at += shown.length - 1;
  }
}

function linkTo(state: StateCore, href: string, text: Token): Token[] {
  const open = new state.Token('link_open', 'a', 1);
  open.attrSet('href', href);
  return [open, text, new state.Token('link_close', 'a', -1)];
}
