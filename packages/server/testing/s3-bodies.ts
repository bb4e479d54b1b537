import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-bucket.ts';

/**
 * Takes the `aws-chunked` coding off a body: chunks, each with its size in hex and maybe a signature, an empty one at
 * the end, then trailers.
 */
export function decodeAwsChunked(raw: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  for (let position = 0; ; ) {
    const lineEnd = raw.indexOf('\r\n', position);
    const size = Number.parseInt(raw.toString('latin1', position, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new S3Error(400, 'IncompleteBody', 'broken chunk');
    position = lineEnd + 2;
    if (size === 0) {
      const lines = raw.toString('latin1', position).split('\r\n').filter(Boolean);
      return {
        body: Buffer.concat(chunks),
        trailers: Object.fromEntries(lines.map((line) => line.split(':', 2))),
      };
    }
    chunks.push(raw.subarray(position, position + size));
    position += size + 2;
  }
}

/** Refuses a body that differs from the checksums sent with it. */
export function verifyChecksums(body: Buffer, headers: Record<string, string | string[] | undefined>): void {
  const sent = (name: string) => headers[name] as string | undefined;
  const md5 = sent('content-md5');
  if (md5 && md5 !== createHash('md5').update(body).digest('base64'))
    throw new S3Error(400, 'BadDigest', 'MD5');
  const sum = sent('x-amz-checksum-crc32');
  const actual = Buffer.alloc(4);
  actual.writeUInt32BE(crc32(body));
  if (sum && sum.trim() !== actual.toString('base64')) throw new S3Error(400, 'BadDigest', 'CRC32');
}
