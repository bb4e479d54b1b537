/** A stretch of a file, bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** How pieces are encrypted (RFC 8216, METHOD=AES-128). */
export interface PieceKey {
  url: string;
  /** 16 bytes. */
  iv: Buffer;
}

/** What is fetched as one. */
export interface Piece {
  url: string;
  /** Null for all of it. */
  range: ByteRange | null;
  /** Null when it is not encrypted. */
  key: PieceKey | null;
}

export interface MediaPlaylist {
  kind: 'media';
  /** In their order; where segments need an initialisation section, that comes first. */
  pieces: Piece[];
}

export interface MasterPlaylist {
  kind: 'master';
  variants: { url: string; bandwidth: number; audioGroup: string | null }[];
  /** Sound that lies apart from the picture. */
  sounds: { url: string; group: string; isDefault: boolean }[];
}

/** It is no playlist, or one of which no whole film can be made. The message ends a sentence about it. */
export class PlaylistError extends Error {
  override name = 'PlaylistError';
}

/** Beyond a week of segments of 6 s. */
const MOST_PIECES = 100_000;
const MOST_VARIANTS = 1000;

/** Whether a file that begins with `head` is a playlist, whatever it is called. */
export function isPlaylist(head: Buffer): boolean {
  return /^(\xef\xbb\xbf)?#EXTM3U(\s|$)/.test(head.toString('latin1', 0, 16));
}

/**
 * Reads a playlist (RFC 8216). Tags that change nothing of what is fetched are passed over.
 * @param url what addresses in it are relative to
 * @throws PlaylistError
 */
export function parsePlaylist(text: string, url: string): MasterPlaylist | MediaPlaylist {
  const lines = text.split(/\r?\n|\r/).flatMap((line) => line.trim() || []);
  const isMaster = lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  return isMaster ? parseMaster(lines, url) : parseMedia(lines, url);
}

/** The best of several: the one with most bits, and the sound that belongs to it where that lies apart. */
export function bestOf({ variants, sounds }: MasterPlaylist): { picture: string; sound: string | null } {
  const best = variants.reduce((one, other) => (other.bandwidth > one.bandwidth ? other : one));
  const group = sounds.filter((sound) => sound.group === best.audioGroup);
  const sound = group.find(({ isDefault }) => isDefault) ?? group[0];
  return { picture: best.url, sound: sound?.url ?? null };
}

function parseMaster(lines: readonly string[], base: string): MasterPlaylist {
  const playlist: MasterPlaylist = { kind: 'master', variants: [], sounds: [] };
  let next: Record<string, string> | null = null;
  for (const line of lines) {
    if (line.startsWith('#EXT-X-STREAM-INF:')) next = attributesOf(line);
    if (line.startsWith('#EXT-X-MEDIA:')) {
      const { TYPE, URI, 'GROUP-ID': group = '', DEFAULT } = attributesOf(line);
      // Without an address it lies with the picture.
      if (TYPE === 'AUDIO' && URI !== undefined) {
        playlist.sounds.push({ url: resolve(URI, base), group, isDefault: DEFAULT === 'YES' });
      }
    }
    if (line.startsWith('#') || next === null) continue;
    const { BANDWIDTH, AUDIO } = next;
    const bandwidth = Number(BANDWIDTH) || 0;
    playlist.variants.push({ url: resolve(line, base), bandwidth, audioGroup: AUDIO ?? null });
    next = null;
  }
  if (playlist.variants.length === 0) throw new PlaylistError('names no film');
  if (playlist.variants.length + playlist.sounds.length > MOST_VARIANTS)
    throw new PlaylistError('names too many films');
  return playlist;
}

function parseMedia(lines: readonly string[], base: string): MediaPlaylist {
  const pieces: Piece[] = [];
  const reader = new SegmentReader(base);
  let isWhole = false;
  for (const line of lines) {
    if (line === '#EXT-X-ENDLIST') isWhole = true;
    else if (line.startsWith('#')) reader.tag(line);
    else pieces.push(...reader.segment(line));
    if (pieces.length > MOST_PIECES) throw new PlaylistError(`has more than ${MOST_PIECES} segments`);
  }
  if (pieces.length === 0) throw new PlaylistError('names no film');
  if (!isWhole) throw new PlaylistError('is not finished: it is live');
  return { kind: 'media', pieces };
}

/** What holds for the next segment, by the tags before it. */
class SegmentReader {
  readonly #base: string;
  #number = 0;
  #range: string | null = null;
  /** Where the range before ended, which one without an offset goes on at. */
  #end: { url: string; offset: number } | null = null;
  #key: { url: string; iv: Buffer | null } | null = null;
  /** Not told of yet. */
  #section: Piece | null = null;
  /** What the one that was told of is. */
  #told: string | null = null;

  constructor(base: string) {
    this.#base = base;
  }

  tag(line: string): void {
    if (line.startsWith('#EXT-X-MEDIA-SEQUENCE:')) this.#number = wholeNumber(valueIn(line));
    else if (line.startsWith('#EXT-X-BYTERANGE:')) this.#range = valueIn(line);
    else if (line.startsWith('#EXT-X-KEY:')) this.#key = this.#keyOf(attributesOf(line));
    else if (line.startsWith('#EXT-X-MAP:')) this.#section = this.#sectionOf(attributesOf(line));
  }

  /** The pieces that a segment is: itself, and what comes before it. */
  segment(address: string): Piece[] {
    const url = resolve(address, this.#base);
    const range = this.#rangeOf(url);
    const key = this.#key && { url: this.#key.url, iv: this.#key.iv ?? ivOf(this.#number) };
    const pieces = [...this.#newSection(), { url, range, key }];
    this.#number += 1;
    this.#range = null;
    return pieces;
  }

  /** Sections of several encodes would have to become several films. */
  #newSection(): Piece[] {
    const section = this.#section;
    this.#section = null;
    if (section === null) return [];
    const identity = JSON.stringify([section.url, section.range]);
    if (identity === this.#told) return [];
    if (this.#told !== null) throw new PlaylistError('is put together from several encodes');
    this.#told = identity;
    return [section];
  }

  #rangeOf(url: string): ByteRange | null {
    if (this.#range === null) return null;
    const [length = '', at] = this.#range.split('@');
    const goesOn = this.#end?.url === url ? this.#end.offset : null;
    const offset = at === undefined ? goesOn : wholeNumber(at);
    if (offset === null) throw new PlaylistError('has a byte range without a beginning');
    const range = { offset, length: wholeNumber(length) };
    this.#end = { url, offset: range.offset + range.length };
    return range;
  }

  #keyOf({ METHOD, URI, IV, KEYFORMAT }: Record<string, string>): { url: string; iv: Buffer | null } | null {
    if (METHOD === 'NONE') return null;
    const isPlain = KEYFORMAT === undefined || KEYFORMAT === 'identity';
    if (METHOD !== 'AES-128' || !isPlain || URI === undefined) {
      throw new PlaylistError('is protected by more than AES-128');
    }
    return { url: resolve(URI, this.#base), iv: IV === undefined ? null : hexOf(IV) };
  }

  #sectionOf({ URI, BYTERANGE }: Record<string, string>): Piece {
    if (URI === undefined) throw new PlaylistError('has an initialisation section without an address');
    const url = resolve(URI, this.#base);
    const [length = '', at = '0'] = BYTERANGE?.split('@') ?? [];
    const range = BYTERANGE === undefined ? null : { offset: wholeNumber(at), length: wholeNumber(length) };
    if (this.#key === null) return { url, range, key: null };
    const { iv } = this.#key;
    // It has no number to make one of.
    if (iv === null) throw new PlaylistError('has an encrypted initialisation section without an IV');
    return { url, range, key: { url: this.#key.url, iv } };
  }
}

/** The number of a segment as 128 bits. */
function ivOf(number: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeBigUInt64BE(BigInt(number), 8);
  return iv;
}

function hexOf(text: string): Buffer {
  const digits = /^0x([0-9a-f]{1,32})$/i.exec(text)?.[1];
  if (digits === undefined) throw new PlaylistError('has an IV that is none');
  return Buffer.from(digits.padStart(32, '0'), 'hex');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new PlaylistError(`has ${JSON.stringify(text.slice(0, 32))} for a number`);
  return Number(text);
}

function valueIn(line: string): string {
  return line.slice(line.indexOf(':') + 1).trim();
}

/** `NAME=value,NAME="value, with a comma"`. */
function attributesOf(line: string): Record<string, string> {
  const found = valueIn(line).matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))/g);
  return Object.fromEntries(
    [...found].map(([, name = '', quoted, bare = '']) => [name, quoted ?? bare.trim()]),
  );
}

function resolve(address: string, base: string): string {
  if (!URL.canParse(address, base)) throw new PlaylistError('names what is no address');
  return new URL(address, base).href;
}
