import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the player page. */
export interface Asset {
  type: string;
  bytes: Buffer;
  gzipped: Buffer;
}

export interface Assets {
  /** A digest of all of them: the folder's name, so that each file may be cached for ever. */
  version: string;
  get(name: string): Asset | undefined;
}

const FILES = [
  { name: 'player.js', source: './assets/player.js', type: 'text/javascript; charset=utf-8' },
  { name: 'player.css', source: './assets/player.css', type: 'text/css; charset=utf-8' },
  { name: 'hls.js', source: 'hls.js/dist/hls.light.min.mjs', type: 'text/javascript; charset=utf-8' },
  { name: 'hls.worker.js', source: 'hls.js/dist/hls.worker.js', type: 'text/javascript; charset=utf-8' },
];

/** Reads the page's own files and hls.js, from where npm put it. */
export async function loadAssets(): Promise<Assets> {
  // bounded by: the files of the player
  const files = new Map<string, Asset>();
  const digest = createHash('sha256');
  for (const { name, source, type } of FILES) {
    const bytes = await readFile(new URL(import.meta.resolve(source)));
    digest.update(bytes);
    files.set(name, { type, bytes, gzipped: await promisify(gzip)(bytes) });
  }
  return { version: digest.digest('hex').slice(0, 12), get: (name) => files.get(name) };
}
