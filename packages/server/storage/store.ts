import type { Readable } from 'node:stream';

/** What is known of a stored object. */
export interface ObjectInfo {
  key: string;
  /** Bytes. */
  size: number;
  /** Changes with the content; without quotes. */
  etag: string;
  /** ms since the epoch. */
  modifiedAt: number;
}

/** How to write. */
export interface WriteOptions {
  /** Kept by S3 for those who read past us; the disk ignores it. */
  contentType?: string;
  /** Gives up, and destroys the body. */
  signal?: AbortSignal;
}

/** How to read. */
export interface ReadOptions {
  signal?: AbortSignal;
  /** Bytes that the disk reads at a time, and ahead of who takes them; S3 reads little ahead by itself. */
  chunkBytes?: number;
}

/** A piece of an assembly, in bytes. */
export interface Part {
  offset: number;
  size: number;
}

/** A local path of an object, valid until disposed. */
export type LocalFile = { path: string } & AsyncDisposable;

/**
 * Where videos and everything made of them live. Objects are whole or absent, never half.
 * Two keys must not be related like `a` and `a/b`: a disk cannot hold both.
 *
 * Every method may throw InvalidKeyError; those that write, NoSpaceError, after which nothing of the call is left.
 * A body that is refused is not destroyed, so that an HTTP request can still be answered.
 */
export interface ObjectStore {
  /** Streams a body into the store, over what was there; done when durable. */
  put(key: string, body: Readable | Uint8Array, options?: WriteOptions): Promise<ObjectInfo>;
  /** Moves a local file into the store, over what was there; done when durable. The file is left alone on failure. */
  putFile(key: string, path: string, options?: WriteOptions): Promise<ObjectInfo>;
  head(key: string): Promise<ObjectInfo | null>;
  /**
   * Bytes `start` to `end`, both included; an `end` behind the last byte means the last byte.
   * @throws NotFoundError, UnsatisfiableRangeError
   */
  read(key: string, range?: { start: number; end: number }, options?: ReadOptions): Promise<Readable>;
  /**
   * The object as a file, for tools that need one: the file itself on disk (do not write to it), a temporary download from S3.
   * @throws NotFoundError
   */
  localFile(key: string, options?: ReadOptions): Promise<LocalFile>;
  /** Fine when there is no such object. */
  delete(key: string): Promise<void>;
  /** Deletes all objects below `folder/`; resolves to how many there were. */
  deletePrefix(prefix: string): Promise<number>;
  /** All objects below `folder/`, or all objects for `''`, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** The assembly of this id, begun or not. Ids must never be used again for another object. */
  assembly(id: string): Assembly;
  /** Writes a little; throws, saying why, when the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * An object made from parts that arrive in any order, in parallel, repeatedly. What was written stays written when the
 * process is killed. Assemblies that nobody touched for a week are removed when a store is opened.
 */
export interface Assembly {
  /**
   * Streams one part to its place and resolves when it is durable. A failed write leaves any bytes in that place, so
   * a part that already counts must not be written again with other bytes.
   * @throws PartSizeError when the body has fewer or more than `size` bytes; AssemblyClosedError when `complete` or
   * `discard` came in between (S3 cannot know)
   */
  writePart(
    offset: number,
    size: number,
    body: Readable | Uint8Array,
    options?: { signal?: AbortSignal },
  ): Promise<void>;
  /**
   * The bytes of these parts in the given order.
   * @throws NotFoundError, PartSizeError when there are fewer bytes than that
   */
  read(parts: readonly Part[], options?: ReadOptions): AsyncIterable<Uint8Array>;
  /**
   * Turns the parts, which cover 0 to the object's size without gap or overlap, into the object, durably.
   * Can be repeated: succeeds when the assembly is gone and the object has that size already.
   * @throws PartSizeError, NotFoundError when a part is missing
   */
  complete(key: string, parts: readonly Part[], options?: WriteOptions): Promise<ObjectInfo>;
  /** Removes the assembly; fine when there is none. */
  discard(): Promise<void>;
}
