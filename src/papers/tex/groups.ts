/** The open brace groups while text is read, and what becomes of each when it closes. */

import { addText, type Inline, type Style } from './inline.ts';

export interface Frame {
  /** plain: bare braces · command: the argument of a known command · note: a footnote · kept: of an unknown command. */
  kind: 'plain' | 'command' | 'note' | 'kept';
  /** What opened it, shown again if it is never closed. */
  source: string;
  style: Style | null;
  href?: string;
  children: Inline[];
}

/** Deeper groups are not writing; their braces are shown as text. */
const maxDepth = 20;

/** `{0, 1}` is a set, `{Concept erasure, our method, removes …}` is a group. */
const maxSet = 60;

export function output(frames: readonly Frame[]): Inline[] {
  return frames.at(-1)?.children ?? [];
}

export function say(frames: readonly Frame[], text: string): void {
  addText(output(frames), text);
}

export function openGroup(frames: Frame[], frame: Omit<Frame, 'children'>): void {
  if (frames.length >= maxDepth) say(frames, frame.source);
  else frames.push({ ...frame, children: [] });
}

/** Closes the innermost group; a brace that closes nothing is text. */
export function closeGroup(frames: Frame[]): void {
  const frame = frames.length > 1 ? frames.pop() : undefined;
  if (!frame) return say(frames, '}');
  const to = output(frames);
  if (frame.kind === 'note' && frame.children.length > 0) {
    append(to, [{ kind: 'text', text: ' (' }, ...frame.children, { kind: 'text', text: ')' }]);
  } else if (frame.kind === 'kept' || isSet(frame)) {
    append(to, [{ kind: 'text', text: '{' }, ...frame.children, { kind: 'text', text: '}' }]);
  } else {
    append(to, dressed(frame));
  }
}

/** Puts the text of unclosed groups back as it was given. */
export function closeAll(frames: Frame[]): Inline[] {
  for (let frame = frames.pop(); frame; frame = frames.pop()) {
    const to = frames.at(-1)?.children;
    if (!to) return frame.children;
    addText(to, frame.source);
    append(to, frame.children);
  }
  return [];
}

function dressed(frame: Frame): Inline[] {
  if (frame.children.length === 0) return [];
  const { style, href } = frame;
  const styled: Inline[] = style === null ? frame.children : [{ kind: 'styled', style, children: frame.children }];
  return href === undefined ? styled : [{ kind: 'link', href, children: styled }];
}

function isSet(frame: Frame): boolean {
  if (frame.kind !== 'plain' || frame.style !== null) return false;
  const [only, ...more] = frame.children;
  if (more.length > 0 || only?.kind !== 'text') return false;
  return only.text.length > 1 && only.text.length <= maxSet && only.text.includes(',');
}

function append(to: Inline[], children: readonly Inline[]): void {
  for (const child of children) {
    if (child.kind === 'text') addText(to, child.text);
    else to.push(child);
  }
}
