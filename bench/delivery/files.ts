import { link, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { signedQuery } from '../../packages/contract/v2/signature/play-address.ts';
import { KEY, OPEN_APP, PROTECTED_APP } from './rules.ts';

const VIDEO = '5285890784';
const SEGMENT_BYTES = 4 * 1024 ** 2;
const SEGMENTS = 8;
/** Of whom each has an address of their own. */
const VIEWERS = 64;

const folderOf = (appId: string) => `vod${appId}/${VIDEO}`;
const slice = (n: number) =>
  `f0.f240.ts?start=${n * SEGMENT_BYTES}&end=${(n + 1) * SEGMENT_BYTES - 1}&type=mpegts`;

/**
 * The same bytes for all, in the store of the service below two applications, and as files for nginx, which has each segment as
 * one.
 */
export async function makeFiles(folder: string): Promise<void> {
  const [open, closed] = [OPEN_APP, PROTECTED_APP].map((appId) =>
    path.join(folder, 'data', 'objects', folderOf(appId)),
  );
  const www = path.join(folder, 'www', folderOf(OPEN_APP));
  for (const one of [open!, closed!, www]) await mkdir(one, { recursive: true });
  const pieces = Array.from({ length: SEGMENTS }, (_, n) => Buffer.alloc(SEGMENT_BYTES, n + 1));
  await writeFile(path.join(open!, 'f0.f240.ts'), pieces);
  await link(path.join(open!, 'f0.f240.ts'), path.join(closed!, 'f0.f240.ts'));
  for (const [n, piece] of pieces.entries()) await writeFile(path.join(www, `segment-${n}.ts`), piece);
  const lines = Array.from({ length: 30 }, (_, n) => `#EXTINF:10.000,\n${slice(n)}\n`).join('');
  const playlist = `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n${lines}#EXT-X-ENDLIST\n`;
  for (const one of [open!, closed!, www]) await writeFile(path.join(one, 'f0.f240.m3u8'), playlist);
}

const request = (appId: string, target: string, range = '') =>
  `GET /${folderOf(appId)}/${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n${range}\r\n`;

function segments(appId: string, target: (n: number) => string): string[] {
  const ranges = ['0-', `0-${SEGMENT_BYTES / 2 - 1}`, `${SEGMENT_BYTES / 2}-`];
  return Array.from({ length: SEGMENTS }, (_, n) =>
    ranges.map((range) => request(appId, target(n), `Range: bytes=${range}\r\n`)),
  ).flat();
}

const signed = (viewer: number) =>
  signedQuery(KEY, `/${folderOf(PROTECTED_APP)}/`, { t: 'ffffffff', rlimit: '3', us: `viewer${viewer}` });

/** Requests for the same, by who serves it. */
export const SEGMENT_REQUESTS = {
  open: segments(OPEN_APP, slice),
  closed: segments(PROTECTED_APP, (n) => `${slice(n)}&${signed(n)}`),
  nginx: segments(OPEN_APP, (n) => `segment-${n}.ts`),
};

export const PLAYLIST_REQUESTS = {
  open: [request(OPEN_APP, 'f0.f240.m3u8')],
  closed: Array.from({ length: VIEWERS }, (_, viewer) =>
    request(PROTECTED_APP, `f0.f240.m3u8?${signed(viewer)}`),
  ),
  nginx: [request(OPEN_APP, 'f0.f240.m3u8')],
};
