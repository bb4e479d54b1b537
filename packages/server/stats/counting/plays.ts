import type { Access } from '../../delivery/index.ts';

/** What of a request decides whether it is a play. */
type Asked = Pick<Access, 'method' | 'status' | 'range'>;

/** What can be played and is asked for as one file, by extension: `.ts` and `.m4s` are pieces of what a playlist begins. */
const MEDIA = new Set([
  ...['mp4', 'm4v', 'm4a', 'mov', 'flv', 'f4v', 'webm', 'mkv', 'avi', 'wmv', 'wma', 'asf', 'mpg', 'mpeg'],
  ...['vob', 'dat', '3gp', 'ogv', 'ogg', 'mp3', 'aac', 'wav', 'flac'],
]);

/** Whether something was delivered, or found to be what the client has already. */
export function isServed(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}

/** What a file is to a player: each request for it is a play, one from its beginning on is, or none is. */
export type Playable = 'always' | 'fromBeginning' | 'not';

/**
 * Which requests for a file are plays (docs/wire/delivery.md, Play statistics file): all of a playlist, of another file those from
 * its beginning on. Pictures, texts and segments are traffic only.
 * @param name of the file, below the video's folder
 */
export function isPlayable(name: string): Playable {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'm3u8') return 'always';
  return MEDIA.has(extension) ? 'fromBeginning' : 'not';
}

/** Whether a request for such a file is a play. */
export function isPlayOf(playable: Playable, { method, status, range }: Asked): boolean {
  if (playable === 'not' || method !== 'GET' || !isServed(status)) return false;
  return playable === 'always' || startsAtZero(range);
}

/** No range is the whole; of several, the first is where a player begins. A range of the end, `-500`, is no beginning. */
function startsAtZero(range: string): boolean {
  if (range === '') return true;
  const first = /^bytes=(?:%20)*(\d*)-/i.exec(range);
  return first === null || (first[1] !== '' && Number(first[1]) === 0);
}

/** Whether a client says that it is a phone or a tablet; every other is a PC. */
export function isMobile(userAgent: string): boolean {
  return /android|iphone|ipad|ipod|mobile|windows(?: |%20)phone|harmonyos/i.test(userAgent);
}
