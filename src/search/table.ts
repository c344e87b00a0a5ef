/** The rows of this folder's tables. The full-text table itself is particular to each database. */

/** How far an index has followed `papers.change_no`. */
export interface SearchWatermarkTable {
  name: string;
  change_no: number;
}

export interface SearchTables {
  search_watermarks: SearchWatermarkTable;
}
