import { createCipheriv } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { Segment } from '../playlist.ts';

/** How the segments of a rendition are encrypted, and what its playlist says of the key (RFC 8216, 4.3.2.4). */
export interface HlsEncryption {
  /** 16 bytes, of AES-128. */
  key: Buffer;
  /** Where players fetch it; printable ASCII without quotes. */
  keyUri: string;
}

/** Of every segment: players know it from the playlist (docs/wire/encryption.md). */
const IV = Buffer.alloc(16);
/** Read and encrypted at once: some tenths of a millisecond of a processor. Bytes. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Encrypts a transport stream in its place, each segment by itself (AES-128-CBC, padded as PKCS #7 has it), so that every slice can
 * be decrypted alone. The key is on no command line and in no other file.
 *
 * @param segments all of the file, one after the other
 * @returns the segments as they lie now
 */
export async function encryptSegments(
  file: string,
  segments: readonly Segment[],
  { key }: Pick<HlsEncryption, 'key'>,
  signal?: AbortSignal,
): Promise<Segment[]> {
  const draft = `${file}.encrypted`;
  const output = await open(draft, 'wx');
  const placed: Segment[] = [];
  let at = 0;
  try {
    for (const segment of segments) {
      const start = at;
      const cipher = createCipheriv('aes-128-cbc', key, IV);
      const write = async (bytes: Buffer) => {
        await output.writeFile(bytes);
        at += bytes.length;
      };
      const { start: from, end } = segment;
      for await (const chunk of createReadStream(file, {
        start: from,
        end,
        highWaterMark: CHUNK_BYTES,
        signal,
      }))
        await write(cipher.update(chunk as Buffer));
      await write(cipher.final());
      placed.push({ ...segment, start, end: at - 1 });
    }
  } finally {
    await output.close();
  }
  await rename(draft, file);
  return placed;
}

/** The line of a playlist that says how the segments after it are encrypted. */
export function keyLine({ keyUri }: Pick<HlsEncryption, 'keyUri'>): string {
  return `#EXT-X-KEY:METHOD=AES-128,URI="${keyUri}",IV=0x${IV.toString('hex')}`;
}
