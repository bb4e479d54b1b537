import { createHash, randomBytes } from 'node:crypto';

/** What a signed play address says beside its signature, as it stands in the query (docs/wire/delivery.md, Key protection). */
export interface PlayAccess {
  /** The end: Unix s in hex. */
  t: string;
  /** Seconds of preview. */
  exper?: string | undefined;
  /** How many addresses of clients may play it. */
  rlimit?: string | undefined;
  us?: string | undefined;
}

/** In the order that the original wants; some clients need it. */
export const PLAY_PARAMETERS = ['t', 'exper', 'rlimit', 'us'] as const;

/** @param folder the path of the address without the name of its file, with a slash at both ends */
export function playSignature(
  key: string,
  folder: string,
  { t, exper = '', rlimit = '', us = '' }: PlayAccess,
): string {
  return md5(`${key}${folder}${t}${exper}${rlimit}${us}`);
}

/** The query of a signed address, without `?`. The values are as they stand in a query. */
export function signedQuery(key: string, folder: string, access: PlayAccess): string {
  const given = PLAY_PARAMETERS.flatMap((name) => {
    const value = access[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return `${given.join('&')}&sign=${playSignature(key, folder, access)}`;
}

/** Signs a call for what a player needs to know, version 2; a preview stands before `us`. */
export function playInfoSignature(
  key: string,
  { appId, fileId, t, exper = '', us = '' }: { appId: string; fileId: string } & PlayAccess,
): string {
  return md5(`${key}${appId}${fileId}${t}${exper}${us}`);
}

export interface PlayTerms {
  /** The key of Key protection. */
  key: string;
  /** When the address ends; the service adds five minutes for clocks that differ. */
  expiresAt: Date;
  /** Only the beginning plays: so many seconds, from 30 on. */
  previewSeconds?: number;
  /** From how many addresses of clients it plays, 1 to 9; any number when it is left out. */
  viewers?: number;
  /** Makes the address unlike all others; made up when it is left out. */
  unique?: string;
}

/**
 * Signs a play address for Key protection; other parameters of it stay. One signature is good for all files of a video: what a
 * playlist names plays, too.
 *
 * @throws RangeError when the terms cannot be
 * @throws TypeError when it is no address
 */
export function signPlayUrl(url: string, terms: PlayTerms): string {
  const signed = new URL(url);
  const folder = signed.pathname.slice(0, signed.pathname.lastIndexOf('/') + 1);
  for (const name of [...PLAY_PARAMETERS, 'sign']) signed.searchParams.delete(name);
  const query = signedQuery(terms.key, folder, accessOf(terms));
  signed.search = signed.search === '' ? query : `${signed.search}&${query}`;
  return signed.href;
}

/**
 * The address of an encrypted playlist, with what its key server is to know of the viewer (docs/wire/encryption.md, Who the viewer is):
 * the address of the key then has `token=…`. A signature of the address stays good.
 *
 * @throws TypeError when it is no address
 */
export function withKeyToken(url: string, token: string): string {
  const named = new URL(url);
  const slash = named.pathname.lastIndexOf('/') + 1;
  const name = `voddrm.token.${encodeURIComponent(token)}.${named.pathname.slice(slash)}`;
  named.pathname = named.pathname.slice(0, slash) + name;
  return named.href;
}

/** Terms as an address has them. @throws RangeError when they cannot be */
export function accessOf({ expiresAt, previewSeconds, viewers, unique }: Omit<PlayTerms, 'key'>): PlayAccess {
  const seconds = Math.floor(expiresAt.getTime() / 1000);
  if (!(seconds > 0)) throw new RangeError('expiresAt must be a time after 1970');
  if (previewSeconds !== undefined && !(Number.isInteger(previewSeconds) && previewSeconds >= 30)) {
    throw new RangeError('previewSeconds must be a whole number from 30 on');
  }
  if (viewers !== undefined && !(Number.isInteger(viewers) && viewers >= 1 && viewers <= 9)) {
    throw new RangeError('viewers must be a whole number from 1 to 9');
  }
  return {
    t: seconds.toString(16),
    exper: previewSeconds?.toString(),
    rlimit: viewers?.toString(),
    us: unique === undefined ? randomBytes(5).toString('hex') : encodeURIComponent(unique),
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
