/** Ids of comments: 24 hexadecimal digits, as clients of Hugging Face expect them, that sort by time. */

import { randomBytes } from 'node:crypto';

/** Twelve digits of the time in milliseconds, twelve of chance. */
export function newCommentId(now: number): string {
  return now.toString(16).padStart(12, '0') + randomBytes(6).toString('hex');
}

export function isCommentId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}
