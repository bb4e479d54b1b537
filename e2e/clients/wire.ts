import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { KEYS } from '../testing/caller.ts';

/** The upload SDKs know one host. Here it resolves to this port of this machine. */
export const HOST = 'vod2.qcloud.com';

export interface LocalFile {
  /** Without its extension. */
  name: string;
  type: string;
  bytes: Buffer<ArrayBuffer>;
}

export interface UploadWishes {
  tags?: string[];
  classId?: number;
  transcode?: boolean;
  /** The video whose cover the file is, where the client can say so. */
  coverOf?: string;
  /** Dies after that many answered parts, as a killed process would. */
  diesAfterParts?: number;
}

export interface Uploaded {
  fileId: string;
  url: string;
  /** What InitUpload answered. */
  initCode: number;
  /** Offsets of the parts that this run sent. */
  sent: number[];
}

/** The wire behaviour of one of the four upload SDKs of generation 1 (docs/wire/uploads.md, Server uploads of generation 1). */
export interface UploadClient {
  name: string;
  upload(port: number, file: LocalFile, wishes?: UploadWishes): Promise<Uploaded>;
}

export type Values = Record<string, string | number>;

export interface UploadAnswer {
  code: number;
  message: string;
  canRetry: number;
  dataSize?: number;
  listParts?: { offset: number; dataSize: number; dataMd5: string }[];
  fileId?: string;
  url?: string;
}

export class Died extends Error {
  override name = 'Died';
}

/** The signature of a POST over the sorted parameters; none of the four replaces underscores or leaves out `@` values. */
function signature(path: string, values: Values): string {
  const joined = Object.keys(values)
    .sort()
    .map((name) => `${name}=${values[name]}`)
    .join('&');
  return createHmac('sha1', KEYS.secretKey).update(`POST${HOST}${path}?${joined}`).digest('base64');
}

/** The query of a signed call; `encode` is what the client does to values, the signature is always percent-encoded. */
export function signedQuery(path: string, values: Values, encode = encodeURIComponent): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${encode(String(value))}`);
  return [...pairs, `Signature=${encodeURIComponent(signature(path, values))}`].join('&');
}

/** Writes a request as it is and reads the answer. Rejects when the connection ends before it. */
export async function exchange(
  port: number,
  head: string[],
  body: Uint8Array = Buffer.alloc(0),
): Promise<UploadAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  if (body.length > 0) socket.write(body);
  let received = '';
  socket.setEncoding('latin1');
  try {
    for await (const chunk of socket) {
      received += chunk;
      const json = bodyOf(received);
      if (json !== null) return JSON.parse(json) as UploadAnswer;
    }
  } finally {
    socket.destroy();
  }
  throw new Error(`the connection ended after ${JSON.stringify(received.slice(0, 200))}`);
}

/** The body of a whole response with status 200; null while it is not whole. */
function bodyOf(received: string): string | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.slice(0, end);
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head);
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1]);
  const body = received.slice(end + 4);
  return body.length < length ? null : body;
}

/** Offsets of the parts of a file. */
export function offsetsOf(size: number, partSize: number): number[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index * partSize);
}

/**
 * Runs `send` for every offset, up to `parallel` at a time. After `diesAfter` answers it begins no other part and, when
 * those under way have ended, throws Died.
 */
export async function sendAll(
  offsets: readonly number[],
  parallel: number,
  diesAfter: number | undefined,
  send: (offset: number) => Promise<void>,
): Promise<void> {
  const queue = offsets.values();
  let answered = 0;
  const isDead = () => diesAfter !== undefined && answered >= diesAfter;
  const worker = async () => {
    for (const offset of queue) {
      await send(offset);
      answered++;
      if (isDead()) return;
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  if (isDead()) throw new Died();
}

/**
 * What PHP, Java and C# do after InitUpload: after 1 they take the part size of the first attempt and send what is
 * missing, after 2 nothing. Resolves to the offsets that were sent.
 */
export async function sendMissing(
  init: UploadAnswer,
  bytes: Buffer<ArrayBuffer>,
  ownPartSize: number,
  { parallel, diesAfterParts }: { parallel: number; diesAfterParts?: number },
  sendPart: (part: PartValues, body: Uint8Array) => Promise<unknown>,
): Promise<number[]> {
  if (init.code === 2) return [];
  const partSize = init.code === 1 ? init.dataSize! : ownPartSize;
  const done = new Set(init.code === 1 ? init.listParts!.map(({ offset }) => offset / partSize) : []);
  const missing = offsetsOf(bytes.length, partSize).filter((offset) => !done.has(offset / partSize));
  const sent: number[] = [];
  await sendAll(missing, parallel, diesAfterParts, async (offset) => {
    const body = bytes.subarray(offset, offset + partSize);
    await sendPart(partValues(offset, body), body);
    sent.push(offset);
  });
  return sent;
}

type PartValues = { offset: number; dataSize: number; dataMd5: string };

export function partValues(offset: number, body: Uint8Array): PartValues {
  return { offset, dataSize: body.length, dataMd5: createHash('md5').update(body).digest('hex') };
}

/** Repeats a call while it fails and may be repeated. */
export async function patiently(times: number, call: () => Promise<UploadAnswer>): Promise<UploadAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await call();
    if (answer.code >= 0 || answer.canRetry !== 1 || attempt === times) return answer;
  }
}

export function mustSucceed(answer: UploadAnswer): UploadAnswer {
  if (answer.code < 0) throw new Error(`${answer.code} ${answer.message}`);
  return answer;
}
