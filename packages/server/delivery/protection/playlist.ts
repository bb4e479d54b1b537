/** A playlist, cut where a query goes: between two pieces. */
export type PlaylistPieces = readonly string[];

/** Where a query goes in: after `?`, or after the query that is there. */
const HERE = '\0';

/**
 * Cuts a playlist (RFC 8216) where each relative address in it ends: segments, variants, keys and whatever else tags name by
 * `URI`. Addresses of other servers get nothing of ours, but for those of keys that begin with `keyServer`, which is ours.
 */
export function piecesOf(playlist: string, keyServer = ''): PlaylistPieces {
  return playlist
    .replaceAll(HERE, '')
    .split('\n')
    .map((line) => (line.startsWith('#') ? tagWithMarks(line, keyServer) : withMark(line)))
    .join('\n')
    .split(HERE);
}

/** The playlist whose addresses carry a query, without `?`, each. */
export function joinPieces(pieces: PlaylistPieces, query: string): string {
  return pieces.join(query);
}

/**
 * The beginning of a playlist: up to the segment that reaches `seconds`. One that names other playlists stays as it is, as each
 * of these is cut.
 */
export function cutPlaylist(playlist: string, seconds: number): string {
  const lines = playlist.split('\n');
  let duration = 0;
  for (const [index, line] of lines.entries()) {
    duration += Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? 0);
    const endsSegment = duration > 0 && line.trim() !== '' && !line.startsWith('#');
    if (endsSegment && duration >= seconds)
      return [...lines.slice(0, index + 1), '#EXT-X-ENDLIST', ''].join('\n');
  }
  return playlist;
}

/** Last byte of its one transport stream file that a playlist names; null when it names none by bytes. */
export function lastByteOf(playlist: string): number | null {
  const ends = [...playlist.matchAll(/^[^#\n]*[?&]end=(\d{1,15})(?:&|\s|$)/gm)].map(([, end]) => Number(end));
  return ends.length === 0 ? null : Math.max(...ends);
}

function tagWithMarks(line: string, keyServer: string): string {
  return line.replace(/\bURI="([^"]*)"/g, (_, address: string) => `URI="${withMark(address, keyServer)}"`);
}

function withMark(address: string, keyServer = ''): string {
  const end = address.trimEnd().length;
  // With a scheme, or with a host of its own.
  const isKeyServer = keyServer !== '' && address.startsWith(`${keyServer}?`);
  if (end === 0 || (!isKeyServer && /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address))) return address;
  const [plain, rest] = [address.slice(0, end), address.slice(end)];
  return `${plain}${plain.includes('?') ? '&' : '?'}${HERE}${rest}`;
}
