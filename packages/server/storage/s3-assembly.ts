import type { Readable } from 'node:stream';
import { exactly } from './body.ts';
import { NotFoundError, PartSizeError } from './errors.ts';
import { checkKey } from './keys.ts';
import { inOrder } from './parts.ts';
import type { S3Objects } from './s3-objects.ts';
import type { Assembly, ObjectInfo, Part, ReadOptions, WriteOptions } from './store.ts';

/** Where unfinished assemblies live: no key begins with a dot. */
export const ASSEMBLIES = '.assemblies/';

/** Small parts are asked for ahead, or every one of them would cost a round trip. */
const AHEAD = 8;

/**
 * An assembly as an object for each part, because S3's own parts must have 5 MiB or more, and clients send smaller
 * ones. They are streamed together at the end.
 */
export class S3Assembly implements Assembly {
  readonly #objects: S3Objects;
  readonly #folder: string;

  constructor(objects: S3Objects, id: string) {
    this.#objects = objects;
    this.#folder = `${ASSEMBLIES}${id}/`;
  }

  async writePart(
    offset: number,
    size: number,
    body: Readable | Uint8Array,
    options: { signal?: AbortSignal } = {},
  ): Promise<void> {
    await this.#objects.write(this.#key(offset), exactly(size, body, options.signal), { ...options, size });
  }

  async *read(parts: readonly Part[], options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    const ahead: Promise<Readable>[] = [];
    const rest = parts.values();
    const ask = () => {
      const { value } = rest.next();
      if (!value) return;
      const asked = this.#open(value, options);
      asked.catch(() => {}); // Reported when its turn comes.
      ahead.push(asked);
    };
    for (let i = 0; i < AHEAD; i++) ask();
    try {
      for (let next = ahead[0]; next; next = ahead[0]) {
        yield* await next;
        ahead.shift();
        ask();
      }
    } finally {
      for (const asked of ahead) asked.then((body) => body.destroy()).catch(() => {});
    }
  }

  async #open({ offset, size }: Part, options: ReadOptions): Promise<Readable> {
    const { body, size: found } = await this.#objects.read(this.#key(offset), undefined, options);
    if (found === size) return body;
    body.destroy();
    throw new PartSizeError(`the part at ${offset} has ${found} bytes instead of ${size}`);
  }

  async complete(key: string, parts: readonly Part[], options: WriteOptions = {}): Promise<ObjectInfo> {
    checkKey(key);
    const { ordered, size } = inOrder(parts);
    try {
      await this.#objects.write(key, this.read(ordered, options), { ...options, size });
    } catch (error) {
      // An earlier call may have been cut off while it removed the parts: then the object is there.
      if (!(error instanceof NotFoundError)) throw error;
      const done = await this.#objects.head(key);
      if (done?.size !== size) throw error;
    }
    await this.discard();
    const info = await this.#objects.head(key);
    if (!info) throw new NotFoundError(`${key} was deleted at once`);
    return info;
  }

  async discard(): Promise<void> {
    await this.#objects.deleteAll(this.#folder);
  }

  /** Sixteen digits, so that the store lists parts in their order. */
  #key(offset: number): string {
    return this.#folder + String(offset).padStart(16, '0');
  }
}
