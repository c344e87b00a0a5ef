/** Time zones as readers and browsers name them. */

/** The name as the IANA data base has it, or undefined if there is no such zone. `+05:30` is none: it knows no summer. */
export function parseTimeZone(text: string): string | undefined {
  if (!/^[A-Za-z]/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
