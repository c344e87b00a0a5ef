/** What running text with TeX in it is made of, once read. */

export type Style = 'emphasis' | 'strong' | 'code' | 'small-caps' | 'underline' | 'superscript' | 'subscript';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'math'; tex: string; display: boolean; source: string }
  | { kind: 'styled'; style: Style; children: Inline[] }
  /** `href` is http or https, and well-formed. */
  | { kind: 'link'; href: string; children: Inline[] };

/** Adds text, joined to the text before it. */
export function addText(to: Inline[], text: string): void {
  if (text === '') return;
  const last = to.at(-1);
  if (last?.kind === 'text') last.text += text;
  else to.push({ kind: 'text', text });
}
