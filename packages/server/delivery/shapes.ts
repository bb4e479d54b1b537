import { SizedMap } from '../common/bounds/sized-map.ts';
import type { ObjectStore } from '../storage/index.ts';
import { PreviewError } from './preview/preview-error.ts';
import type { Previews } from './preview/previews.ts';
import type { Pass } from './protection/guard.ts';
import { cutPlaylist, joinPieces, type PlaylistPieces, piecesOf } from './protection/playlist.ts';
import { readText } from './read-text.ts';
import { privately, type Representation, withText } from './representation.ts';

/** For playlists that are cut into pieces. Bytes. */
const MAX_BYTES = 8 * 1024 ** 2;
/** What a piece takes beside its text. Bytes. */
const PIECE_BYTES = 40;

/**
 * What a resource is for who may play it: a playlist whose lines carry their protection, the beginning of a film, or just the
 * same that no cache may give to others. What is remembered holds nobody's signature.
 */
export class Shapes {
  readonly #store: ObjectStore;
  readonly #previews: Previews;
  /** By what a playlist is, and how much of it plays. */
  readonly #playlists = new SizedMap<PlaylistPieces>(MAX_BYTES, costOf);
  /** bounded by: what refers to a representation, which is the catalogue */
  readonly #private = new WeakMap<Representation, Representation>();

  constructor(store: ObjectStore, previews: Previews) {
    this.#store = store;
    this.#previews = previews;
  }

  /** Bytes that are remembered, about. */
  get bytes(): number {
    return this.#playlists.bytes + this.#previews.bytes;
  }

  /** What it is, when that needs nothing of the store; undefined: `of`. */
  known(found: Representation, pass: Pass): Representation | undefined {
    if (!pass.isPrivate) return found;
    if (isRewritten(found, pass)) {
      const pieces = this.#playlists.get(nameOf(found, pass));
      return pieces && playlistFor(found, pass, pieces);
    }
    return pass.previewSeconds === 0 ? this.#privately(found) : undefined;
  }

  /** @throws PreviewError when there can be no beginning of it; what the store throws */
  async of(found: Representation, pass: Pass): Promise<Representation> {
    const known = this.known(found, pass);
    if (known) return known;
    if (!isRewritten(found, pass)) return this.#previews.of(this.#privately(found), pass.previewSeconds);
    const text = await readText(this.#store, found.key, found.size);
    if (text === null) throw new PreviewError('the playlist is too long');
    const pieces = piecesOf(pass.previewSeconds > 0 ? cutPlaylist(text, pass.previewSeconds) : text);
    this.#playlists.set(nameOf(found, pass), pieces);
    return playlistFor(found, pass, pieces);
  }

  #privately(found: Representation): Representation {
    const known = this.#private.get(found) ?? privately(found);
    this.#private.set(found, known);
    return known;
  }
}

function isRewritten({ key }: Representation, { query }: Pass): boolean {
  return query !== '' && key.endsWith('.m3u8');
}

function nameOf({ id }: Representation, { previewSeconds }: Pass): string {
  return `${previewSeconds} ${id}`;
}

function playlistFor(found: Representation, { query }: Pass, pieces: PlaylistPieces): Representation {
  // The signature, which ends the query, is over everything else that the lines carry.
  return withText(found, joinPieces(pieces, query), query.slice(query.lastIndexOf('=') + 1));
}

function costOf(pieces: PlaylistPieces): number {
  return pieces.reduce((sum, piece) => sum + PIECE_BYTES + piece.length, 0);
}
