/** What came as JSON from elsewhere, before anything is asked of it. */

/** Whether it has fields; they may hold anything. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
