/** Rule of markdown-it for `@name`: a link to the profile where there is one, otherwise text. */

import type { MarkdownIt, StateInline, Token } from 'markdown-it';
import { NAME_PATTERN } from '#accounts/user.ts';
import type { Environment } from './environment.ts';

const AT = 0x40;
const MENTION = /@([a-z0-9][a-z0-9-]*)/iy;
/** Of an address (`ann@lab.example`) or a word. */
const WORD_BEFORE = /[\p{L}\p{N}_.+-]$/u;

export function withMentions(md: MarkdownIt): void {
  md.inline.ruler.push('mention', mention);
  md.renderer.rules['mention'] = (tokens, at, _options, env) => {
    const { content, meta } = tokens[at] as Token & { meta: { name: string; linked: boolean } };
    const profile = meta.linked ? (env as unknown as Environment).profiles.get(meta.name) : undefined;
    const text = md.utils.escapeHtml(content);
    return profile === undefined ? text : `<a class="mention" href="${md.utils.escapeHtml(profile)}">${text}</a>`;
  };
}

function mention(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== AT) return false;
  if (WORD_BEFORE.test(state.src.slice(Math.max(0, state.pos - 2), state.pos))) return false;
  MENTION.lastIndex = state.pos;
  // `@ann-` is ann and a hyphen.
  const written = MENTION.exec(state.src)?.[1]?.replace(/-+$/, '') ?? '';
  const name = written.toLowerCase();
  if (!NAME_PATTERN.test(name)) return false;
  if (!silent) {
    const token = state.push('mention', '', 0);
    token.content = `@${written}`;
    // A link within a link is no HTML.
    token.meta = { name, linked: state.linkLevel === 0 };
  }
  state.pos += written.length + 1;
  return true;
}

/** Lower-case names in a comment that was read, each once, in their order. */
export function namesIn(tokens: readonly Token[]): string[] {
  const names = tokens.flatMap(({ type, meta, children }) =>
    type === 'mention' ? [(meta as { name: string }).name] : namesIn(children ?? []),
  );
  return [...new Set(names)];
}
