import { timingSafeEqual } from 'node:crypto';
import {
  PLAY_PARAMETERS,
  type PlayAccess,
  playSignature,
} from '@openvod/contract/v2/signature/play-address.ts';

/** What a signed address says of itself. */
export interface Signed {
  /** As it stands in the query. */
  access: PlayAccess;
  /** 32 hex digits, lower case. */
  sign: string;
  /** The same as a query, without `?`, for what a playlist names. */
  query: string;
  /** ms since the epoch, without any tolerance. */
  endsAt: number;
  /** 0: everything. */
  previewSeconds: number;
  /** From how many addresses of clients it plays; null: any number. */
  viewers: number | null;
}

/** "The server adds about 300 s" for clocks that differ (docs/wire/delivery.md, Key protection). */
export const TOLERANCE_MS = 300_000;
/** Texts that somebody made up; an address need not be longer to be unlike others. */
const MAX_UNIQUE = 256;

/** Reads the parameters of Key protection, in any order; the first of a name counts. A text says what is wrong with them. */
export function signedOf(url: string): Signed | string {
  const mark = url.indexOf('?');
  const found: Partial<Record<string, string>> = {};
  if (mark >= 0) {
    for (const pair of url.slice(mark + 1).split('&')) {
      const equals = pair.indexOf('=');
      if (equals > 0) found[pair.slice(0, equals)] ??= pair.slice(equals + 1);
    }
  }
  const { t, exper, rlimit, us, sign } = found;
  if (t === undefined || sign === undefined) return 'it is not signed';
  if (!/^[0-9a-f]{1,10}$/i.test(t)) return 't is no time';
  if (!/^[0-9a-f]{32}$/i.test(sign)) return 'sign is no signature';
  if (exper !== undefined && !/^\d{0,8}$/.test(exper)) return 'exper is no number of seconds';
  if (rlimit !== undefined && !/^[1-9]?$/.test(rlimit)) return 'rlimit is no number from 1 to 9';
  if (us !== undefined && us.length > MAX_UNIQUE) return 'us is too long';
  const access = { t, exper, rlimit, us };
  return {
    access,
    sign: sign.toLowerCase(),
    query: queryOf(access, sign),
    endsAt: Number.parseInt(t, 16) * 1000,
    previewSeconds: Number(exper ?? 0),
    viewers: rlimit ? Number(rlimit) : null,
  };
}

/** Why an address does not play by its signature; null: it does. `now` in ms since the epoch. */
export function whyNot(key: string, path: string, signed: Signed, now: number): string | null {
  if (now > signed.endsAt + TOLERANCE_MS) return 'its time is over';
  const matches = foldersOf(path).some((folder) =>
    isSame(playSignature(key, folder, signed.access), signed.sign),
  );
  if (matches) return null;
  const plain = decoded(signed.access);
  const isPlain =
    plain !== null &&
    foldersOf(path).some((folder) => isSame(playSignature(key, folder, plain), signed.sign));
  return isPlain ? null : 'its signature is wrong';
}

/**
 * What may have been signed as the folder of a path: that of the video, which is good for all below it, or that of the file, as
 * it is or decoded.
 */
export function foldersOf(path: string): string[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const video = folder.slice(0, folder.indexOf('/', folder.indexOf('/', 1) + 1) + 1);
  const folders = video === folder ? [folder] : [video, folder];
  if (!folder.includes('%')) return folders;
  try {
    return [...folders, decodeURIComponent(folder)];
  } catch {
    return folders;
  }
}

/** In the order of the documents, whatever it was in the request. */
function queryOf(access: PlayAccess, sign: string): string {
  const given = PLAY_PARAMETERS.flatMap((name) =>
    access[name] === undefined ? [] : [`${name}=${access[name]}`],
  );
  return `${given.join('&')}&sign=${sign}`;
}

/** `us` without percents, as some sign it before they build the address; null when that is the same. */
function decoded(access: PlayAccess): PlayAccess | null {
  if (!access.us?.includes('%')) return null;
  try {
    return { ...access, us: decodeURIComponent(access.us) };
  } catch {
    return null;
  }
}

/** Of two texts of the same length, in a time that does not tell how much of them is the same. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
