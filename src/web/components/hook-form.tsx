/** The form that says where a webhook goes, what it is told of, and in which shape. */

import type { TypedHook } from '../hook-desk.ts';
import type { Site } from '../site.ts';

interface HookFormProps {
  site: Site;
  action: string;
  /** What was typed, or what is so now. */
  typed: TypedHook;
  button: string;
}

export const NEW_HOOK: TypedHook = { url: '', format: 'json', events: ['paper.trending'], search: '', top: '10' };

export function HookForm({ site, action, typed, button }: HookFormProps) {
  return (
    <form class="form" method="post" action={action}>
      <label>
        <span>Address</span>
        <input
          type="url"
          name="url"
          value={typed.url}
          required
          maxlength={2000}
          placeholder="https://"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
        <small>It is sent a POST for each message. Of a chat: the address that it gives for incoming webhooks.</small>
      </label>
      <fieldset>
        <legend>Shape of the messages</legend>
        {site.hooks.formats.map(({ name, label, about }) => (
          <label>
            <input type="radio" name="format" value={name} checked={typed.format === name} required />
            <span>
              {label} <small>{about}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Tell it of</legend>
        {site.hooks.events.map(({ name, label, about }) => (
          <label>
            <input type="checkbox" name={name} value="1" checked={typed.events.includes(name)} />
            <span>
              {label} <small>{about}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        <span>Search to follow</span>
        <input name="search" value={typed.search} maxlength={250} dir="auto" autocomplete="off" />
        <small>
          For new matches: as in the search box, such as <code>"mixture of experts" category:cs.LG</code>
        </small>
      </label>
      <label>
        <span>The first papers</span>
        <input type="number" name="top" value={typed.top} min={1} max={50} required />
        <small>How many of the trending list count as trending, and how many of a day are sent: 1 to 50.</small>
      </label>
      <p>
        <button class="main">{button}</button>
      </p>
    </form>
  );
}
