/**
 * Sends signed DescribeVodPlayUrls over keep-alive connections, one call at a time on each, and prints what it saw as
 * a line of JSON. Raw sockets and requests signed beforehand, so that the server is what is measured.
 */
import { createHmac, randomBytes } from 'node:crypto';
import net from 'node:net';
import { bulkId } from '../../packages/server/library/testing/bulk.ts';

export interface Load {
  port: number;
  secretId: string;
  secretKey: string;
  videos: number;
  connections: number;
  requests: number;
}

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** ms */
  p99: number;
}

const HOST = '127.0.0.1';
const load = JSON.parse(process.argv[2]!) as Load;
const requests = Array.from({ length: load.requests }, () => signedRequest(load));
const latencies = new Float64Array(load.requests);
let next = 0;

const startedAt = performance.now();
await Promise.all(Array.from({ length: load.connections }, () => keepAsking(load.port)));
const seconds = (performance.now() - startedAt) / 1000;
latencies.sort();
const measured: Measured = {
  rate: load.requests / seconds,
  p99: latencies[Math.floor(load.requests * 0.99)]!,
};
console.log(JSON.stringify(measured));

function signedRequest({ secretId, secretKey, videos }: Load): Buffer {
  const fileId = bulkId(Math.floor(Math.random() * videos));
  const nonce = randomBytes(6).readUIntBE(0, 6);
  const time = Math.floor(Date.now() / 1000);
  const text = `Action=DescribeVodPlayUrls&Nonce=${nonce}&Region=gz&SecretId=${secretId}&Timestamp=${time}&fileId=${fileId}`;
  const signature = createHmac('sha1', secretKey).update(`GET${HOST}/v2/index.php?${text}`).digest('base64');
  const url = `/v2/index.php?${text}&Signature=${encodeURIComponent(signature)}`;
  return Buffer.from(`GET ${url} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
}

function keepAsking(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = net.connect(port, HOST, ask).setNoDelay();
  let index = 0;
  let sentAt = 0;
  let text = '';

  function ask(): void {
    if (next === requests.length) {
      socket.end();
      resolve();
      return;
    }
    index = next++;
    sentAt = performance.now();
    socket.write(requests[index]!);
  }

  socket.setEncoding('latin1').on('error', reject);
  socket.on('data', (chunk: string) => {
    text += chunk;
    const head = text.indexOf('\r\n\r\n');
    if (head === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (text.length < head + 4 + length) return;
    latencies[index] = performance.now() - sentAt;
    if (!text.startsWith('{"code":0,', head + 4)) {
      reject(new Error(text));
      return;
    }
    text = '';
    ask();
  });
  return promise;
}
