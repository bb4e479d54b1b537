import { ByteFile } from './byte-file.ts';
import { readMp4 } from './mp4.ts';
import type { Headers } from './output.ts';
import { Unsure } from './unsure.ts';

/**
 * Reads what a file is from its headers, its index and its first pictures. It opens no other file than this, and
 * decodes nothing: that coded sound and pictures are what the headers say is believed, as a planner has to.
 *
 * @throws Unsure whenever ffprobe could say anything else; what the file system throws
 */
export function readHeaders(path: string): Headers {
  using file = new ByteFile(path);
  const magic = file.read(0, Math.min(12, file.size));
  if (magic.toString('latin1', 4, 8) === 'ftyp') return readMp4(file);
  throw new Unsure('an unknown kind of file');
}
