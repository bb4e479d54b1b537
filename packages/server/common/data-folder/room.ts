/** What a file system says of its free room. */
export interface Room {
  /** Bytes that this process may still take. */
  freeBytes: number;
  /** Files that may still be made; null where the file system does not count them. */
  freeFiles: number | null;
}

/** With fewer left, what takes many files waits: a transcode makes some dozens, and an upload has one for as long as it lasts. */
export const MIN_FREE_FILES = 200;

const MIB = 1024 ** 2;

/**
 * Why nothing large should be begun, in words for a caller; null when there is room.
 * @param wanted bytes that it takes, as far as that is known
 */
export function shortageOf({ freeBytes, freeFiles }: Room, minFreeBytes: number, wanted = 0): string | null {
  if (freeFiles !== null && freeFiles < MIN_FREE_FILES)
    return 'the disk of the data folder takes no more files';
  if (freeBytes < minFreeBytes) {
    return `the disk of the data folder has less than ${Math.round(minFreeBytes / MIB)} MiB free`;
  }
  if (freeBytes - wanted < minFreeBytes) {
    return `the disk of the data folder has no room for ${Math.ceil(wanted / MIB)} MiB more`;
  }
  return null;
}

/** As `fs.statfs` answers. Some file systems make files as they need them, and say that they have none at all. */
export function roomOf(stats: { bavail: number; bsize: number; files: number; ffree: number }): Room {
  return { freeBytes: stats.bavail * stats.bsize, freeFiles: stats.files > 0 ? stats.ffree : null };
}
