/**
 * The reference: a server written by hand for this one purpose, with the guarantees of the service's and nothing else. MD5
 * of each part and SHA-1 of the whole in a thread, one `fdatasync` for all who wait, no database, no signatures, no
 * resume. Takes the same calls, one file at a time. Argument: folder.
 */
import { type FileHandle, open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parse } from 'node:querystring';
import { Worker } from 'node:worker_threads';

const [folder = ''] = process.argv.slice(2);
const thread = new Worker(new URL('./hand-written-thread.ts', import.meta.url));
const asked = new Map<number, (hex: string) => void>();
thread.on('message', ({ id, hex }: { id: number; hex: string }) => {
  asked.get(id)?.(hex);
  asked.delete(id);
});
let lastId = 0;
const ask = (order: object) =>
  new Promise<string>((resolve) => {
    asked.set(++lastId, resolve);
    thread.postMessage({ ...order, id: lastId });
  });

let file: FileHandle;
let received = 0;
/** Parts that are stored and wait for their turn in the hash of the whole. */
const stored = new Map<number, Buffer>();
const free: Buffer[] = [];

async function receive(request: IncomingMessage, size: number): Promise<Buffer> {
  const index = free.findIndex(({ length }) => length === size);
  const buffer = index < 0 ? Buffer.from(new SharedArrayBuffer(size)) : free.splice(index, 1)[0]!;
  let filled = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      if (filled + chunk.length <= size) buffer.set(chunk, filled);
      filled += chunk.length;
    });
    request.on('end', () =>
      filled === size ? resolve(buffer) : reject(new Error('not the announced size')),
    );
    request.on('error', reject);
  });
}

let running: Promise<void> | null = null;
let next: Promise<void> | null = null;
/** A flush that begins now covers all that was written before; who comes later waits for the next one. */
function flush(): Promise<void> {
  next ??= Promise.resolve(running).then(async () => {
    running = next;
    next = null;
    await file.datasync();
    running = null;
  });
  return next;
}

async function storePart(request: IncomingMessage, offset: number, size: number, md5: string): Promise<void> {
  const buffer = await receive(request, size);
  const hashed = ask({ kind: 'md5', bytes: buffer });
  await file.write(buffer, 0, size, offset);
  await flush();
  if ((await hashed) !== md5) throw new Error('not the announced MD5');
  stored.set(offset, buffer);
  for (let ready = stored.get(received); ready; ready = stored.get(received)) {
    const bytes = ready;
    stored.delete(received);
    received += bytes.length;
    void ask({ kind: 'update', bytes }).then(() => free.push(bytes));
  }
}

async function answer(request: IncomingMessage): Promise<object> {
  const query = parse(request.url!.slice(request.url!.indexOf('?') + 1)) as Record<string, string>;
  const name = path.join(folder, query.fileSha!);
  if (query.Action === 'InitUpload') {
    file = await open(name, 'w+');
    received = 0;
  } else if (query.Action === 'UploadPart') {
    await storePart(request, Number(query.offset), Number(query.dataSize), query.dataMd5!);
  } else {
    if ((await ask({ kind: 'sha1' })) !== query.fileSha) throw new Error('not the announced SHA-1');
    await file.sync();
    await file.close();
    await rename(name, `${name}.mp4`);
  }
  return { code: 0, message: '' };
}

const server = createServer((request, response) => {
  answer(request)
    .catch((error: unknown) => ({ code: -1, message: String(error) }))
    .then((result) => response.end(JSON.stringify(result)));
});
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`));
