import { createHash } from 'node:crypto';
import { SizedMap } from '../common/bounds/sized-map.ts';
import type { ObjectStore } from '../storage/index.ts';
import { playlistWithToken } from './key-server/token.ts';
import { PreviewError } from './preview/preview-error.ts';
import type { Previews } from './preview/previews.ts';
import type { Pass } from './protection/guard.ts';
import { cutPlaylist, joinPieces, type PlaylistPieces, piecesOf } from './protection/playlist.ts';
import { readText } from './read-text.ts';
import { privately, type Representation, withText } from './representation.ts';

/** For playlists that are cut into pieces. Bytes. */
const MAX_BYTES = 8 * 1024 ** 2;
/** For playlists as they were given to those who ask again. Bytes. */
const MAX_GIVEN_BYTES = 8 * 1024 ** 2;
/** What one of them takes beside its text. Bytes. */
const GIVEN_BYTES = 1500;
/** What a piece takes beside its text. Bytes. */
const PIECE_BYTES = 40;

/**
 * What a resource is for who may play it: a playlist whose lines carry their protection, the beginning of a film, or just the
 * same that no cache may give to others. What was made for one signature is given to that alone.
 */
export class Shapes {
  readonly #store: ObjectStore;
  readonly #previews: Previews;
  readonly #keyServer: () => string;
  /** By what a playlist is, and how much of it plays. */
  readonly #playlists = new SizedMap<PlaylistPieces>(MAX_BYTES, costOf);
  /** By whom a playlist was given to, and its object. */
  readonly #given = new SizedMap<Given>(MAX_GIVEN_BYTES, ({ shape }) => GIVEN_BYTES + shape.size);
  /** bounded by: what refers to a representation, which is the catalogue */
  readonly #private = new WeakMap<Representation, Representation>();

  /** `keyServer`: the address of the service's own, whose keys carry protection, too. */
  constructor(store: ObjectStore, previews: Previews, keyServer: () => string = () => '') {
    this.#store = store;
    this.#keyServer = keyServer;
    this.#previews = previews;
  }

  /** Bytes that are remembered, about. */
  get bytes(): number {
    return this.#playlists.bytes + this.#given.bytes + this.#previews.bytes;
  }

  /** What it is, when that needs nothing of the store; undefined: `of`. */
  known(found: Representation, pass: Pass): Representation | undefined {
    if (!pass.isPrivate) return found;
    if (isRewritten(found, pass)) {
      const given = this.#given.get(givenName(found, pass));
      if (given?.of === found) return given.shape;
      // Another token is another playlist, which is made of the object.
      const pieces = pass.token === '' ? this.#playlists.get(nameOf(found, pass)) : undefined;
      return pieces && this.#give(found, pass, joinPieces(pieces, pass.query));
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
    const cut = pass.previewSeconds > 0 ? cutPlaylist(text, pass.previewSeconds) : text;
    if (pass.token !== '') {
      const named = playlistWithToken(cut, pass.token);
      const { query } = pass;
      return this.#give(
        found,
        pass,
        query === '' ? named : joinPieces(piecesOf(named, this.#keyServer()), query),
      );
    }
    const pieces = piecesOf(cut, this.#keyServer());
    this.#playlists.set(nameOf(found, pass), pieces);
    return this.#give(found, pass, joinPieces(pieces, pass.query));
  }

  #give(found: Representation, pass: Pass, text: string): Representation {
    const shape = withText(found, text, markOf(pass));
    this.#given.set(givenName(found, pass), { of: found, shape });
    return shape;
  }

  #privately(found: Representation): Representation {
    const known = this.#private.get(found) ?? privately(found);
    this.#private.set(found, known);
    return known;
  }
}

interface Given {
  /** What it was made of. */
  of: Representation;
  shape: Representation;
}

function isRewritten({ key }: Representation, { query, token }: Pass): boolean {
  return (query !== '' || token !== '') && key.endsWith('.m3u8');
}

/** By whom it was given to. */
function givenName({ key }: Representation, { query, token }: Pass): string {
  return `${query} ${token} ${key}`;
}

function nameOf({ id }: Representation, { previewSeconds }: Pass): string {
  return `${previewSeconds} ${id}`;
}

/** The signature, which ends the query, is over everything else that the lines carry; a token is in no signature. */
function markOf({ query, token }: Pass): string {
  const signature = query.slice(query.lastIndexOf('=') + 1);
  return token === '' ? signature : signature + createHash('sha1').update(token).digest('hex');
}

function costOf(pieces: PlaylistPieces): number {
  return pieces.reduce((sum, piece) => sum + PIECE_BYTES + piece.length, 0);
}
