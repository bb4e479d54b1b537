import { addAbortSignal, Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { NotFoundError } from './errors.ts';
import { meaningOf } from './s3-errors.ts';
import type { S3Settings } from './s3-url.ts';
import type { ObjectInfo, ReadOptions, WriteOptions } from './store.ts';

const MIB = 1024 * 1024;
/** S3 takes at most 10,000 parts an object. */
const MAX_PARTS = 10_000;
/** Twice what S3 asks at least; four of them are in flight, which is what a write costs in memory. */
const MIN_PART_BYTES = 10 * MIB;

/** ms; a bucket out of reach must fail the readiness check, not hang it. */
const CONNECT_TIMEOUT = 3000;
/** ms without a byte in either direction; longer than delivery waits for a player that reads nothing. */
const IDLE_TIMEOUT = 120_000;
const MAX_SOCKETS = 1000;

/** The requests of one bucket, below the operator's prefix, with the store's own errors. */
export class S3Objects {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(settings: S3Settings) {
    const { bucket, prefix, ...connection } = settings;
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#client = new S3Client({
      ...connection,
      requestHandler: {
        connectionTimeout: CONNECT_TIMEOUT,
        socketTimeout: IDLE_TIMEOUT,
        // Every player that reads through us holds one.
        httpAgent: { maxSockets: MAX_SOCKETS },
        httpsAgent: { maxSockets: MAX_SOCKETS },
      },
      // Many S3-compatible stores know no trailing checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /**
   * Writes an object: small ones in one request, others in several, which show as a whole at the end. Of a process
   * that is killed the bucket keeps the pieces, unseen: a lifecycle rule for incomplete uploads removes them.
   * @param size bytes, when known: very large objects need larger parts
   */
  async write(
    key: string,
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    { contentType, signal, size = 0 }: WriteOptions & { size?: number } = {},
  ): Promise<void> {
    signal?.throwIfAborted();
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.#bucket,
        Key: this.#prefix + key,
        Body: Readable.from(body, { objectMode: false }),
        ContentType: contentType,
      },
      partSize: Math.max(MIN_PART_BYTES, Math.ceil(size / MAX_PARTS)),
    });
    const abort = () => void upload.abort();
    signal?.addEventListener('abort', abort);
    try {
      await upload.done();
    } catch (error) {
      signal?.throwIfAborted();
      throw meaningOf(error);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async head(key: string): Promise<ObjectInfo | null> {
    try {
      const found = await this.#client.send(new HeadObjectCommand(this.#address(key)));
      return this.#info(key, found.ContentLength, found.ETag, found.LastModified);
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning instanceof NotFoundError) return null;
      throw meaning;
    }
  }

  /** @throws NotFoundError, UnsatisfiableRangeError */
  async read(
    key: string,
    range?: { start: number; end: number },
    { signal }: ReadOptions = {},
  ): Promise<{ body: Readable; size: number }> {
    try {
      const Range = range && `bytes=${range.start}-${Number.isFinite(range.end) ? range.end : ''}`;
      const command = new GetObjectCommand({ ...this.#address(key), Range });
      const { Body, ContentLength = 0 } = await this.#client.send(command, { abortSignal: signal });
      if (!(Body instanceof Readable)) throw new Error('the SDK gave no stream');
      if (signal) addAbortSignal(signal, Body);
      return { body: Body, size: ContentLength };
    } catch (error) {
      throw meaningOf(error);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand(this.#address(key)));
    } catch (error) {
      const meaning = meaningOf(error);
      if (!(meaning instanceof NotFoundError)) throw meaning;
    }
  }

  /** Deletes all objects whose keys begin so; resolves to how many there were. */
  async deleteAll(prefix: string): Promise<number> {
    let count = 0;
    for await (const page of this.#pages(prefix)) {
      const Objects = page.map(({ key }) => ({ Key: this.#prefix + key }));
      const command = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await this.#client.send(command).catch((error: unknown) => {
        throw meaningOf(error);
      });
      if (Errors[0])
        throw new Error(`cannot delete ${Errors[0].Key}: ${Errors[0].Message ?? Errors[0].Code}`);
      count += page.length;
    }
    return count;
  }

  /** All objects whose keys begin so, the store's own included, in the order of their keys. */
  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    for await (const page of this.#pages(prefix)) yield* page;
  }

  async *#pages(prefix: string): AsyncGenerator<ObjectInfo[]> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: this.#prefix + prefix,
        ContinuationToken: token,
      });
      const page = await this.#client.send(command).catch((error: unknown) => {
        throw meaningOf(error);
      });
      const found = page.Contents ?? [];
      if (found.length > 0) {
        yield found.map(({ Key = '', Size, ETag, LastModified }) =>
          this.#info(Key.slice(this.#prefix.length), Size, ETag, LastModified),
        );
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  close(): void {
    this.#client.destroy();
  }

  #address(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }

  #info(key: string, size = 0, etag = '', modified = new Date(0)): ObjectInfo {
    // HTTP dates have no fraction, some stores' lists do.
    const modifiedAt = Math.floor(modified.getTime() / 1000) * 1000;
    return { key, size, etag: etag.replaceAll('"', ''), modifiedAt };
  }
}
