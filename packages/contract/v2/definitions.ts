/** Ids that stand for something other than a template (docs/wire/templates.md). */
export const PSEUDO_DEFINITIONS = {
  /** The source itself, in lists of renditions. */
  source: 0,
  /** In QCVB_SimpleProcessFile: the account's default definitions. */
  accountDefault: 1,
  /** The HLS master playlist made by `transcode.hlsMasterPlaylist=1`. */
  masterPlaylist: 10_000,
} as const;
