/** The form that an answer holds, as a browser would send it. */

import assert from 'node:assert/strict';

/** What a browser would send of the form with that action. */
export function filledIn(html: string, action: string): Record<string, string> {
  const at = html.indexOf(`<form class="form" method="post" action="${action.replaceAll('&', '&amp;')}"`);
  assert.ok(at >= 0, `there is no form for ${action}`);
  return fieldsIn(html.slice(at, html.indexOf('</form>', at)));
}

/** What is held in the fields of a piece of a page that have a name; not whom it was made for, which all forms say. */
export function fieldsIn(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"/g)];
  const texts = [...html.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g)];
  const { made_for: _, ...fields } = Object.fromEntries(
    [...inputs, ...texts].map(([, name, value]) => [read(name), read(value)]),
  );
  return fields;
}

export function read(text = ''): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
