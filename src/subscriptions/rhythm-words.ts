/** When mails come, in words. */

import type { Rhythm } from './next-due.ts';

/** From Monday, 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** `every day at 8:00 (Europe/Berlin)`, `every Monday at 8:00 (UTC)`. */
export function rhythmInWords({ frequency, weekday, hour, timeZone }: Rhythm): string {
  const day = frequency === 'daily' ? 'day' : WEEKDAYS[weekday - 1];
  return `every ${day} at ${hour}:00 (${zoneInWords(timeZone)})`;
}

/** Node and Chromium keep the names that Unicode's CLDR began with; these are what the places are called. */
const RENAMED: Record<string, string> = {
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho Chi Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

/** `America/Sao_Paulo` as people write it. */
export function zoneInWords(timeZone: string): string {
  return (RENAMED[timeZone] ?? timeZone).replaceAll('_', ' ');
}

/** `Tuesday, January 6, 8:00`, in the reader's zone. */
export function momentInWords(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')}, ${part('month')} ${part('day')}, ${Number(part('hour'))}:${part('minute')}`;
}
