import type { Selectable } from 'kysely';
import type { LibraryTables } from '../tables.ts';
import type { NewVideo, Video } from './types.ts';

export type VideoRow = Selectable<LibraryTables['videos']>;

/** A video as its row says. */
export function toVideo(row: VideoRow): Video {
  return {
    id: row.id,
    appId: row.app_id,
    name: row.name,
    description: row.description,
    classId: row.class_id,
    status: row.status,
    type: row.type,
    size: row.size,
    durationMs: row.duration_ms,
    sha1: row.sha1,
    md5: row.md5,
    sourceKey: row.source_key,
    coverKey: row.cover_key,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    sourceType: row.source_type,
    sourceContext: row.source_context,
    tags: JSON.parse(row.tags),
    info: row.info === null ? null : JSON.parse(row.info),
  };
}

/** The row of a video that is born at `now`: every column, so that a new one is a type error here until it has a value. */
export function newRow(video: NewVideo, classId: number, now: number): VideoRow {
  return {
    id: video.id,
    app_id: video.appId,
    name: storable(video.name),
    description: storable(video.description ?? ''),
    class_id: classId,
    status: 'normal',
    type: video.type,
    size: video.size,
    duration_ms: Math.round(video.info?.durationMs ?? 0),
    sha1: video.sha1,
    md5: video.md5 ?? '',
    source_key: video.sourceKey,
    cover_key: video.coverKey ?? null,
    created_at: now,
    updated_at: now,
    expires_at: video.expiresAt ?? null,
    source_type: video.sourceType,
    source_context: storable(video.sourceContext ?? ''),
    tags: JSON.stringify([...new Set(video.tags)]),
    info: video.info === null ? null : JSON.stringify(video.info),
  };
}

/** Text of a client as both databases can keep it: PostgreSQL takes no NUL, UTF-8 no half surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
