/** What a setting is, and the checks that many of them share. */

import { z } from 'zod';

export interface Setting<T> {
  /** Shown by `broadsheet config` and in docs/configuration.md. */
  meaning: string;
  /** As an operator would write it. */
  fallback: string;
  secret?: true;
  parse: z.ZodType<T, string>;
}

export function setting<T>(fallback: string, meaning: string, parse: z.ZodType<T, string>): Setting<T> {
  return { fallback, meaning, parse };
}

export const text = z.string().trim();

export function wholeNumber(low: number, high: number) {
  return text
    .regex(/^\d+$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`);
}

export const secretText = text.refine(
  (value) => value === '' || value.length >= 32,
  'must have at least 32 characters, such as openssl rand -base64 32 prints, or be empty',
);
