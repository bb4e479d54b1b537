/** How an address hands on what its key server wants to know of the viewer (docs/wire/encryption.md, Who the viewer is). */
const PREFIX = 'voddrm.token.';

/** Longer than any that one has reason to make. */
const MAX_LENGTH = 4096;

/** The names of playlists of ours, which end an address with a token: what a token is made of may have dots, too. */
const NAMED = /^(.+)\.((?:f0\.f\d{1,9}|master_playlist)\.m3u8)$/;

/** An address without its token, and that; null for one that has none. Both are as they were in the address, the token decoded. */
export function withoutToken(url: string): { url: string; token: string } | null {
  // Asked for every request.
  if (!url.includes(PREFIX)) return null;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (!name.startsWith(PREFIX) || name.length > MAX_LENGTH) return null;
  const [, given, file] = NAMED.exec(name.slice(PREFIX.length)) ?? [];
  const token = given === undefined ? null : decoded(given);
  if (token === null || file === undefined) return null;
  return { url: path.slice(0, slash) + file + (mark < 0 ? '' : url.slice(mark)), token };
}

/** The name of a file under which it is asked for with a token. */
export function nameWithToken(name: string, token: string): string {
  return token === '' ? name : `${PREFIX}${encodeURIComponent(token)}.${name}`;
}

/**
 * A playlist for who asked with a token: the addresses of keys carry it on, and those of other playlists have it in front of their
 * file's name.
 */
export function playlistWithToken(playlist: string, token: string): string {
  const query = `token=${encodeURIComponent(token)}`;
  return playlist
    .split('\n')
    .map((line) => {
      if (/^#EXT-X-(SESSION-)?KEY:/.test(line))
        return line.replace(/\bURI="([^"]*)"/, (_, address: string) => {
          return `URI="${address}${address.includes('?') ? '&' : '?'}${query}"`;
        });
      return line.startsWith('#')
        ? line.replace(/\bURI="([^"]*)"/g, (_, address: string) => `URI="${variant(address, token)}"`)
        : variant(line, token);
    })
    .join('\n');
}

/** Only what lies beside the playlist is ours to name anew. */
function variant(address: string, token: string): string {
  const [, name, rest] = /^([\w.-]+\.m3u8)(\s*|\?.*)$/.exec(address) ?? [];
  return name === undefined ? address : nameWithToken(name, token) + rest;
}

function decoded(text: string): string | null {
  try {
    const token = decodeURIComponent(text);
    return token.isWellFormed() ? token : null;
  } catch {
    return null;
  }
}
