import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { decodeAwsChunked, verifyChecksums } from './s3-bodies.ts';
import { Bucket, S3Error } from './s3-bucket.ts';
import { keysToDelete, partsToComplete, xml } from './s3-xml.ts';

/** An S3-compatible server for tests: one bucket, in memory. It reads the SDK's requests but not their signatures. */
export interface TestS3 {
  /** For `OPENVOD_STORAGE_URL`. */
  url: string;
  /** While true, every write is refused as a full store does. */
  full: boolean;
  /** How it is away: it breaks connections off, or answers 503 as a proxy does whose store is gone. Null: it is there. */
  away: 'reset' | 'unavailable' | null;
  /** Requests that it did not answer for being away. */
  readonly refused: number;
  /** Told of each object as soon as it is there. */
  onStored: (key: string) => void;
  /** Keys as they lie in the bucket, the store's own included. */
  keys(): string[];
  /** Multipart uploads begun and neither completed nor aborted. */
  openUploads(): number;
  stop(): Promise<void>;
}

/** Starts the server on a port of 127.0.0.1. */
export async function startS3(): Promise<TestS3> {
  const bucket = new Bucket();
  const name = `bucket-${randomBytes(4).toString('hex')}`;
  let away: TestS3['away'] = null;
  let refused = 0;
  const server = createServer((request, response) => {
    if (away !== null) {
      refused++;
      if (away === 'reset') request.socket.destroy();
      else response.writeHead(503, { Connection: 'close' }).end('<html>no store behind this proxy</html>');
      return;
    }
    answer(bucket, name, request, response).catch((error: unknown) => {
      const known = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
      send(response, known.status, xml('Error', { Code: known.code, Message: known.message }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const parameters = new URLSearchParams({
    endpoint: `http://127.0.0.1:${address.port}`,
    accessKeyId: 'test',
    secretAccessKey: 'test-secret',
  });
  return {
    url: `s3://${name}?${parameters}`,
    get full() {
      return bucket.full;
    },
    set full(full) {
      bucket.full = full;
    },
    get away() {
      return away;
    },
    set away(how) {
      away = how;
    },
    get refused() {
      return refused;
    },
    get onStored() {
      return bucket.onStored;
    },
    set onStored(listener) {
      bucket.onStored = listener;
    },
    keys: () => bucket.list('', '', Number.POSITIVE_INFINITY).map(({ key }) => key),
    openUploads: () => bucket.openUploads(),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  bucket: Bucket,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [, requested, ...segments] = url.pathname.split('/').map(decodeURIComponent);
  if (requested !== name) throw new S3Error(404, 'NoSuchBucket', 'no such bucket');
  if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=test/')) {
    throw new S3Error(403, 'AccessDenied', 'not signed by the test account');
  }
  const key = segments.join('/');
  const query = url.searchParams;
  const uploadId = query.get('uploadId');
  switch (`${request.method}${key === '' ? ' bucket' : ''}`) {
    case 'GET bucket':
      return list(bucket, query, response);
    case 'POST bucket': {
      for (const doomed of keysToDelete(String(await bodyOf(request)))) bucket.delete(doomed);
      return send(response, 200, xml('DeleteResult', {}));
    }
    case 'PUT': {
      const body = await bodyOf(request);
      const etag =
        uploadId === null
          ? bucket.put(key, body)
          : bucket.putPart(uploadId, Number(query.get('partNumber')), body);
      return send(response, 200, '', { ETag: etag });
    }
    case 'POST': {
      if (uploadId === null) {
        const UploadId = bucket.createUpload();
        return send(response, 200, xml('InitiateMultipartUploadResult', { UploadId, Key: key }));
      }
      const ETag = bucket.completeUpload(uploadId, key, partsToComplete(String(await bodyOf(request))));
      return send(response, 200, xml('CompleteMultipartUploadResult', { Key: key, ETag }));
    }
    case 'DELETE':
      if (uploadId === null) bucket.delete(key);
      else bucket.abortUpload(uploadId);
      return send(response, 204, '');
    case 'HEAD':
    case 'GET':
      return get(bucket, key, request, response);
    default:
      throw new S3Error(405, 'MethodNotAllowed', 'not in this test server');
  }
}

/** Pages of three, so that tests see more than one. */
function list(bucket: Bucket, query: URLSearchParams, response: ServerResponse): void {
  const size = 3;
  const found = bucket.list(query.get('prefix') ?? '', query.get('continuation-token') ?? '', size + 1);
  const page = found.slice(0, size);
  const Contents = page.map(({ key, body, etag, modified }) => {
    return { Key: key, Size: body.length, ETag: etag, LastModified: modified.toISOString() };
  });
  const more = found.length > size;
  const NextContinuationToken = more ? [page.at(-1)?.key ?? ''] : [];
  send(
    response,
    200,
    xml('ListBucketResult', { IsTruncated: String(more), NextContinuationToken, Contents }),
  );
}

function get(bucket: Bucket, key: string, request: IncomingMessage, response: ServerResponse): void {
  const { body, etag, modified } = bucket.get(key);
  const headers = { ETag: etag, 'Last-Modified': modified.toUTCString(), 'Accept-Ranges': 'bytes' };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!range) {
    send(response, 200, body, headers);
    return;
  }
  const start = Number(range[1]);
  if (start >= body.length) throw new S3Error(416, 'InvalidRange', 'behind the last byte');
  const end = Math.min(range[2] === '' ? body.length : Number(range[2]), body.length - 1);
  const content = { ...headers, 'Content-Range': `bytes ${start}-${end}/${body.length}` };
  send(response, 206, body.subarray(start, end + 1), content);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const raw = Buffer.concat(await request.toArray());
  const isChunked = String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { body, trailers } = isChunked ? decodeAwsChunked(raw) : { body: raw, trailers: {} };
  verifyChecksums(body, { ...request.headers, ...trailers });
  return body;
}

function send(response: ServerResponse, status: number, body: string | Buffer, headers: object = {}): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
