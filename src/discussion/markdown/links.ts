/** Which addresses a comment may link to, and what its links tell machines. */

import type { MarkdownIt } from 'markdown-it';

/** Search engines are told that a stranger wrote it; the page that opens gets no hold of ours. */
export const REL = 'nofollow ugc noopener';

/** The web, mail, and this site itself. Everything else (`javascript:`, `data:`, `//elsewhere`) stays text. */
export function isAllowedAddress(address: string): boolean {
  return /^(?:https?:\/\/[^/\\]|mailto:[^/])/i.test(address) || /^\/(?![/\\])/.test(address);
}

export function withSafeLinks(md: MarkdownIt): void {
  md.validateLink = (address) => isAllowedAddress(address.trim());
  md.renderer.rules['link_open'] = (tokens, at, options, _env, self) => {
    tokens[at]?.attrSet('rel', REL);
    return self.renderToken(tokens, at, options);
  };
  // Words with a dot in them (`model.py`) are no addresses, and ftp is dead.
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  md.linkify.add('//', null).add('ftp:', null);
}
