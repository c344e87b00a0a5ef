/** The rows of this folder's tables. */

/** How far an index has followed `papers.change_no`. */
export interface SearchWatermarkTable {
  name: string;
  change_no: number;
}

/** What the indexes in memory know of a paper. */
export interface SearchEntryTable {
  /** `papers.seq` */
  seq: number;
  /** That of the paper when it was indexed; who reads these rows keeps it as a watermark. */
  change_no: number;
  published_on: string;
  /** Space separated, the primary first. */
  categories: string;
  has_code: number;
  /** As `packPaper` makes them. */
  terms: Uint8Array;
}

/** What a model makes of a paper. */
export interface EmbeddingTable {
  /** Name of the `Embedder`. */
  model: string;
  /** `papers.seq` */
  seq: number;
  /** That of the paper when its vector was made; who reads these rows keeps it as a watermark. */
  change_no: number;
  /** Of the text that was encoded, so that a paper of which something else changed is not encoded again. */
  text_hash: number;
  /** As `packVector` makes it. */
  vector: Uint8Array;
}

/**
 * An index that was saved to a file: so this database has been where the file comes from. One that was put back from a
 * backup of before, or another one, does not know the file's token. Who makes entries or vectors anew that keep their
 * change numbers must delete these rows.
 */
export interface SavedIndexTable {
  token: string;
  /** Which index. */
  name: string;
  /** Changes up to this one are in the file. */
  change_no: number;
  saved_at: number;
}

export interface SearchTables {
  search_watermarks: SearchWatermarkTable;
  search_entries: SearchEntryTable;
  embeddings: EmbeddingTable;
  saved_indexes: SavedIndexTable;
}
