import type { Selectable } from 'kysely';
import type { LibraryTables } from '../tables.ts';
import type { Output, Playable } from './types.ts';

export type OutputRow = Selectable<LibraryTables['outputs']>;
export type PlayableRow = Pick<
  OutputRow,
  'kind' | 'definition' | 'name' | 'video_bitrate' | 'height' | 'width'
>;

export function toOutput(row: OutputRow): Output {
  return {
    kind: row.kind,
    definition: row.definition,
    number: row.number,
    name: row.name,
    run: row.run === '' ? null : row.run,
    container: row.container,
    bitrate: row.bitrate,
    videoBitrate: row.video_bitrate,
    width: row.width,
    height: row.height,
    size: row.size,
    totalSize: row.total_size,
    durationMs: row.duration_ms,
    md5: row.md5,
    info: row.info === null ? null : JSON.parse(row.info),
    details: row.details === null ? null : JSON.parse(row.details),
  };
}

export function toPlayable(row: PlayableRow): Playable {
  return {
    kind: row.kind,
    definition: row.definition,
    name: row.name,
    videoBitrate: row.video_bitrate,
    width: row.width,
    height: row.height,
  };
}

/** Every column, so that a new one is a type error here until it has a value. */
export function toRow(appId: string, videoId: string, output: Output): OutputRow {
  return {
    video_id: videoId,
    app_id: appId,
    kind: output.kind,
    definition: output.definition,
    number: output.number,
    name: output.name,
    run: output.run ?? '',
    container: output.container,
    bitrate: Math.round(output.bitrate),
    video_bitrate: Math.round(output.videoBitrate),
    width: output.width,
    height: output.height,
    size: output.size,
    total_size: output.totalSize,
    duration_ms: Math.round(output.durationMs),
    md5: output.md5,
    info: output.info === null ? null : JSON.stringify(output.info),
    details: output.details === null ? null : JSON.stringify(output.details),
  };
}
