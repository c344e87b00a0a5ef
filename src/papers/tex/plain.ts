/** Titles and abstracts with TeX in them as readable Unicode, for mail, feeds, `<title>`, meta tags and JSON-LD. */

import type { Inline } from './inline.ts';
import { maxShown, shortened } from './limits.ts';
import { mathToPlain } from './math-plain.ts';
import { parseTex } from './text.ts';

/** Not escaped: what prints it does that. Line ends stay. A formula that one line cannot say is given as its source. */
export function texToPlain(text: string): string {
  const given = text.length > maxShown ? shortened(text) : text;
  return parseTex(given).map(plainOf).join('').trim();
}

function plainOf(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return '\n';
    case 'math':
      return mathToPlain(node.tex) ?? node.tex.trim();
    case 'link': {
      const shown = node.children.map(plainOf).join('');
      return shown === '' || shown === node.href || shown.startsWith('http') ? shown : `${shown} (${node.href})`;
    }
    case 'styled':
      return node.children.map(plainOf).join('');
  }
}
