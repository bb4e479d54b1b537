import { SizedMap } from '../../common/bounds/sized-map.ts';
import { NotFoundError, type ObjectStore } from '../../storage/index.ts';
import { cutPlaylist, lastByteOf } from '../protection/playlist.ts';
import { readText } from '../read-text.ts';
import { type Representation, withHead } from '../representation.ts';
import { cutMovie } from './mp4/cut-movie.ts';
import { findMovie } from './mp4/find-movie.ts';
import { PreviewError } from './preview-error.ts';

/** Files of ISO/IEC 14496-12, and QuickTime's, which are like them. */
const MP4 = /\.(mp4|m4v|m4a|mov|f4v|3gp)$/;
/** Memory for what is known of beginnings. Bytes. */
const MAX_BYTES = 16 * 1024 ** 2;
/** What an entry takes beside its head. Bytes. */
const ENTRY_BYTES = 200;

/** The beginning of a file: bytes that are made for it, then those of the file from `start` to `end`. */
export interface Beginning {
  head: Buffer | null;
  start: number;
  /** Last byte. */
  end: number;
}

/** Gives the beginnings of files, for previews: what is behind them is not to be had under the same address. */
export class Previews {
  readonly #store: ObjectStore;
  readonly #beginnings = new SizedMap<Beginning>(MAX_BYTES, ({ head }) => ENTRY_BYTES + (head?.length ?? 0));

  /** bounded by: requests under way, of which connections are bounded */
  readonly #finding = new Map<string, Promise<Beginning>>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Bytes that are remembered. */
  get bytes(): number {
    return this.#beginnings.bytes;
  }

  /**
   * What plays of a resource, all for 0 s.
   * @throws PreviewError when there can be no beginning of it; what the store throws
   */
  async of(found: Representation, seconds: number): Promise<Representation> {
    if (seconds === 0) return found;
    const name = `${seconds} ${found.objectEtag} ${found.key}`;
    const beginning = this.#beginnings.get(name) ?? (await this.#findOnce(name, found, seconds));
    return beginningOf(found, beginning, seconds);
  }

  /** Many may ask at once for what has just become known. */
  async #findOnce(name: string, found: Representation, seconds: number): Promise<Beginning> {
    const known = this.#finding.get(name);
    if (known) return known;
    const finding = this.#find(found, seconds);
    this.#finding.set(name, finding);
    try {
      const beginning = await finding;
      this.#beginnings.set(name, beginning);
      return beginning;
    } finally {
      this.#finding.delete(name);
    }
  }

  async #find({ key, objectEtag }: Representation, seconds: number): Promise<Beginning> {
    if (key.endsWith('.ts')) return this.#ofSegments(key, seconds);
    if (MP4.test(key)) return this.#ofMovie(key, objectEtag, seconds);
    throw new PreviewError('a file of this type has no beginning that plays alone');
  }

  async #ofMovie(key: string, etag: string, seconds: number): Promise<Beginning> {
    const info = await this.#store.head(key);
    if (info?.etag !== etag) throw new NotFoundError(`${key} was replaced`);
    const movie = cutMovie(await findMovie(this.#store, key, info.size), seconds);
    return movie ?? { head: null, start: 0, end: info.size - 1 };
  }

  /** Where a transport stream ends is told by its playlist, which lies beside it. */
  async #ofSegments(key: string, seconds: number): Promise<Beginning> {
    const playlistKey = key.replace(/\.ts$/, '.m3u8');
    const info = await this.#store.head(playlistKey);
    const playlist = info && (await readText(this.#store, playlistKey, info.size));
    const end = playlist && lastByteOf(cutPlaylist(playlist, seconds));
    if (typeof end !== 'number') throw new PreviewError('no playlist says where its segments end');
    return { head: null, start: 0, end };
  }
}

/** A slice that lies within the beginning is just that. */
function beginningOf(
  found: Representation,
  { head, start, end }: Beginning,
  seconds: number,
): Representation {
  if (head)
    return withHead(found, { head, offset: start, size: head.length + end - start + 1 }, `${seconds}s`);
  const last = found.offset + found.size - 1;
  if (last <= end) return found;
  if (found.offset > end) throw new PreviewError('it lies behind the preview');
  return withHead(found, { head: null, offset: found.offset, size: end - found.offset + 1 }, `${seconds}s`);
}
