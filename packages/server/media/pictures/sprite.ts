import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MediaInfo } from '../media-info.ts';
import { run } from '../process.ts';
import { positionsEvery } from './choose.ts';
import type { Fill, PictureShape } from './shape.ts';
import { type StillsOptions, takeSamples } from './stills.ts';
import { picturesTimeoutMs } from './time-limit.ts';
import { spriteIndex } from './web-vtt.ts';
import { encoderArguments, pixelsOf, type Writing } from './writing.ts';

export interface SpriteSpec {
  format: PictureShape['format'];
  /** of a tile, px */
  width: number;
  height: number;
  /** tiles of a sheet */
  rows: number;
  columns: number;
  /** from one tile to the next, ms; more when a film would have more than 10,000 */
  intervalMs: number;
  fill: Fill;
}

export interface Sprite {
  /** tiles of all sheets */
  count: number;
  /** from one tile to the next, ms */
  intervalMs: number;
  /** paths of the sheets, all of one size: the last one ends with black */
  sheets: string[];
  /** what says which tile is whose time, as WebVTT */
  index: string;
}

/** A day at ten seconds has 8640. */
const MOST_TILES = 10_000;

/**
 * Writes sheets of small pictures of a video, one for each `intervalMs`, row by row.
 *
 * @param nameOf the name of a sheet's file, from 0, within `folder`
 * @throws MediaError as `takeSamples`
 */
export async function makeSprite(
  source: string,
  info: MediaInfo,
  spec: SpriteSpec,
  folder: string,
  nameOf: (sheet: number) => string,
  options: Omit<StillsOptions, 'writing' | 'scratch'> = {},
): Promise<Sprite> {
  const { width, height, fill, rows, columns } = spec;
  const scratch = await mkdtemp(join(folder, 'tiles-'));
  try {
    const times = positionsEvery(spec.intervalMs, info.durationMs, MOST_TILES);
    const intervalMs = times[1] ?? spec.intervalMs;
    const tiles = times.map((atMs, i) => ({ atMs, file: join(scratch, `${i}.pixels`) }));
    const writing: Writing = { format: 'raw', width, height, fill };
    await takeSamples(source, info, tiles, intervalMs, { ...options, writing, scratch });
    const sheets: string[] = [];
    for (let from = 0; from < tiles.length; from += rows * columns) {
      const sheet = join(folder, nameOf(sheets.length));
      const files = tiles.slice(from, from + rows * columns).map(({ file }) => file);
      await writeSheet(files, spec, sheet, scratch, info, options.signal);
      sheets.push(sheet);
    }
    const index = spriteIndex({ ...spec, intervalMs, count: tiles.length }, info.durationMs, nameOf);
    return { count: tiles.length, intervalMs, sheets, index };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeSheet(
  tiles: readonly string[],
  spec: SpriteSpec,
  sheet: string,
  scratch: string,
  info: MediaInfo,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { width, height, rows, columns, format, fill } = spec;
  const joined = join(scratch, 'sheet.pixels');
  await using file = await open(joined, 'w');
  for (const tile of tiles) await file.writeFile(await readFile(tile));
  const pixels = pixelsOf({ fill });
  const colour = fill === 'transparent' ? 'black@0' : 'black';
  const filters = [
    `tile=${columns}x${rows}:color=${colour}`,
    ...(format === 'jpg' ? ['scale=out_range=pc', 'format=yuvj420p'] : []),
  ];
  await run(
    'ffmpeg',
    [
      ...['-nostdin', '-y', '-v', 'error', '-f', 'rawvideo', '-pixel_format', pixels],
      ...['-video_size', `${width}x${height}`, '-i', `file:${resolve(joined)}`, '-frames:v', '1'],
      ...['-vf', filters.join(','), ...encoderArguments({ format })],
      ...['-f', 'image2pipe', `file:${resolve(sheet)}`],
    ],
    { stage: 'snapshot', timeoutMs: picturesTimeoutMs(info), ...(signal && { signal }) },
  );
}
