/** News in the shape that a hook asks for. */

import type { HookFormat } from './hook.ts';
import type { News, Publisher } from './news.ts';
import { writeDiscord } from './shapes/discord.ts';
import { writeJson } from './shapes/json.ts';
import { writeSlack } from './shapes/slack.ts';

const WRITERS = {
  json: writeJson,
  slack: writeSlack,
  discord: writeDiscord,
} satisfies Record<HookFormat, (news: News, publisher: Publisher) => string>;

export function writeMessage(format: HookFormat, news: News, publisher: Publisher): string {
  return WRITERS[format](news, publisher);
}
