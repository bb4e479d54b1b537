/** Tables of the `upload` room; no other room queries them. */
export type UploadTables = Record<never, never>;
