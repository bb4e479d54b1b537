import { createHash, randomUUID } from 'node:crypto';

/** An answer that is not 200. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface StoredObject {
  key: string;
  body: Buffer;
  etag: string;
  modified: Date;
}

const MIN_PART_BYTES = 5 * 1024 * 1024;

/** What a bucket holds, with S3's rules for multipart uploads. */
export class Bucket {
  /** Refuses every write. */
  full = false;
  onStored: (key: string) => void = () => {};
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Map<number, Buffer>>();

  put(key: string, body: Buffer, etag = etagOf(body)): string {
    this.#needsRoom();
    this.#objects.set(key, { key, body, etag, modified: new Date() });
    this.onStored(key);
    return etag;
  }

  get(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (!object) throw new S3Error(404, 'NoSuchKey', 'no such key');
    return object;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  list(prefix: string, after: string, max: number): StoredObject[] {
    const found = [...this.#objects.values()].filter(({ key }) => key.startsWith(prefix) && key > after);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, max);
  }

  openUploads(): number {
    return this.#uploads.size;
  }

  createUpload(): string {
    this.#needsRoom();
    const id = randomUUID();
    this.#uploads.set(id, new Map());
    return id;
  }

  putPart(id: string, number: number, body: Buffer): string {
    this.#needsRoom();
    this.#parts(id).set(number, body);
    return etagOf(body);
  }

  completeUpload(id: string, key: string, listed: { number: number; etag: string }[]): string {
    const parts = this.#parts(id);
    const bodies = listed.map(({ number, etag }, index) => {
      const body = parts.get(number);
      if (!body || etagOf(body) !== etag) throw new S3Error(400, 'InvalidPart', `part ${number}`);
      if (number <= (listed[index - 1]?.number ?? 0))
        throw new S3Error(400, 'InvalidPartOrder', `part ${number}`);
      if (index < listed.length - 1 && body.length < MIN_PART_BYTES) {
        throw new S3Error(400, 'EntityTooSmall', `part ${number} has ${body.length} bytes`);
      }
      return body;
    });
    const body = Buffer.concat(bodies);
    const etag = this.put(key, body, etagOf(body).replace(/"$/, `-${bodies.length}"`));
    this.#uploads.delete(id);
    return etag;
  }

  abortUpload(id: string): void {
    this.#uploads.delete(id);
  }

  #parts(id: string): Map<number, Buffer> {
    const parts = this.#uploads.get(id);
    if (!parts) throw new S3Error(404, 'NoSuchUpload', 'no such upload');
    return parts;
  }

  #needsRoom(): void {
    if (this.full) throw new S3Error(507, 'XMinioStorageFull', 'the disk is full');
  }
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
