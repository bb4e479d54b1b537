/** What a player is told of a key. */
export interface KeyAddress {
  /** Of the key server, as the template has it. */
  keyUrl: string;
  edk: string;
  videoId: string;
}

/** The one source of keys that there ever was (docs/wire/encryption.md). */
const KEY_SOURCE = 'VodBuildInKMS';

/** The address of a key as playlists have it, in the order that was seen (docs/wire/encryption.md, EXT-X-KEY). */
export function keyAddress({ keyUrl, edk, videoId }: KeyAddress): string {
  const mark = keyUrl.includes('?') ? '&' : '?';
  return `${keyUrl}${mark}edk=${encodeURIComponent(edk)}&fileId=${videoId}&keySource=${KEY_SOURCE}`;
}
