/** Comments as safe HTML, and the people who are named in them. */

import type { Token } from 'markdown-it';
import { createTextCache } from '#papers/tex/cache.ts';
import { harmlessText } from '#papers/tex/clean.ts';
import { markdown } from './engine.ts';
import { formulaRoom, MOST_FORMULAS, nothingShown } from './environment.ts';
import type { Environment } from './environment.ts';
import { namesIn } from './mentions.ts';
import { sanitise } from './sanitise.ts';

/** Some thousand comments. */
const cache = createTextCache(4_000_000);

/**
 * Block content to stand in a `<div>`. `profiles`: lower-case name -> address of the profile, for the `@names` that
 * become links. Never throws. Not stored: a hole that is mended here is mended in all comments.
 */
export function renderComment(body: string, profiles: ReadonlyMap<string, string> = new Map()): string {
  return cache.get(JSON.stringify([body, ...profiles]), () => {
    const env: Environment = { profiles, formulas: MOST_FORMULAS, room: formulaRoom(body.length) };
    return sanitise(markdown().render(harmless(body), env));
  });
}

/** The same for feed readers, which know neither MathML nor our profiles: formulas are Unicode, names are text. */
export function renderForReaders(body: string): string {
  return sanitise(markdown().render(harmless(body), { ...nothingShown(), plainFormulas: true }));
}

/** Lower-case names that are mentioned, outside of code, links and formulas; each once. */
export function mentionedNames(body: string): string[] {
  return body.includes('@') ? namesIn(markdown().parse(harmless(body), nothingShown())) : [];
}

/** Links in a comment as it is shown, to whatever place and however they were written; those to profiles are none. */
export function countLinks(body: string): number {
  return linksIn(markdown().parse(harmless(body), nothingShown()));
}

function linksIn(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { type, children }) => sum + Number(type === 'link_open') + linksIn(children ?? []), 0);
}

/** Tabs stay: code is indented by them. */
export function harmless(body: string): string {
  return body.split('\t').map(harmlessText).join('\t');
}
