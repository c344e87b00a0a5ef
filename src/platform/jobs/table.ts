/** One row per recurring job: when it ran, and who holds it. */

export interface JobTable {
  name: string;
  /** Epoch ms until which one process holds the job; 0 if nobody. */
  leased_until: number;
  started_at: number | null;
  finished_at: number | null;
  /** Epoch ms before which it is not due again. */
  next_at: number;
  /** Consecutive failures. */
  failures: number;
  last_error: string | null;
}

export interface JobsTables {
  jobs: JobTable;
}
