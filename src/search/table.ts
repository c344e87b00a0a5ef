/** The rows of this folder's tables. The full-text table itself is particular to each database. */

/** How far an index has followed `papers.change_no`. */
export interface SearchWatermarkTable {
  name: string;
  change_no: number;
}

/** The counted stems of a paper, as `packTerms` makes them. */
export interface SearchTermsTable {
  /** `papers.seq` */
  seq: number;
  /** That of the paper when it was indexed; who reads these rows keeps it as a watermark. */
  change_no: number;
  terms: Uint8Array;
}

export interface SearchTables {
  search_watermarks: SearchWatermarkTable;
  search_terms: SearchTermsTable;
}
