import { isRunName } from '../common/object-keys.ts';
import type { ByteRange } from './ranges.ts';

/** What a play address means. */
export interface Target {
  appId: string;
  videoId: string;
  /** Below the video's folder. */
  name: string;
  /** The run that the address names; null when it names none, and means whatever the video has now. */
  run: string | null;
  /** The bytes of the object that make up the resource; null: all. */
  slice: ByteRange | null;
}

/** `/vod<appId>/<videoId>/…`, of plain segments (see storage/keys.ts). */
const PATH =
  /^\/vod(\d{1,20})\/(\d{1,20})\/((?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\/){0,6}[A-Za-z0-9_-][A-Za-z0-9._-]{0,199})$/;

/**
 * Reads the path and query of a play address; null when there can be no such object.
 * An HLS segment is a slice of its rendition's one file: `f0.f210.ts?start=<first>&end=<last>&type=mpegts`
 * (docs/wire/output-naming.md). Other parameters, such as signatures, do not choose bytes.
 */
export function parseTarget(url: string): Target | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const match = PATH.exec(path.includes('%') ? decode(path) : path);
  if (!match) return null;
  const [, appId = '', videoId = '', rest = ''] = match;
  const slash = rest.indexOf('/');
  const folder = slash < 0 ? '' : rest.slice(0, slash);
  const run = isRunName(folder) ? folder : null;
  const target = { appId, videoId, run, name: run === null ? rest : rest.slice(slash + 1) };
  if (mark < 0 || !rest.endsWith('.ts')) return { ...target, slice: null };
  const query = new URLSearchParams(url.slice(mark + 1));
  const start = query.get('start');
  const end = query.get('end');
  if (start === null && end === null) return { ...target, slice: null };
  const slice = { start: position(start), end: position(end) };
  return slice.start <= slice.end ? { ...target, slice } : null;
}

/** An address without what chooses no bytes: all spellings of one target have the same. Means nothing if `url` does. */
export function addressOf(url: string): string {
  // As the addresses of playlists and files are: this is asked for every request.
  if (!/[?%]/.test(url)) return url;
  const target = parseTarget(url);
  if (!target) return '';
  const { appId, videoId, run, name, slice } = target;
  const path = `/vod${appId}/${videoId}/${run === null ? '' : `${run}/`}${name}`;
  return slice ? `${path}?start=${slice.start}&end=${slice.end}` : path;
}

/** The address of what a run made, from the stable one: `/vod1/2/f0.mp4` → `/vod1/2/<run>/f0.mp4`. */
export function addressInRun(url: string, run: string): string {
  return url.replace(/^\/[^/]+\/[^/]+\//, (folder) => `${folder}${run}/`);
}

/** The application of an address below `/vod<appId>/`; empty when there can be nothing under it. */
export function appIdOf(url: string): string {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const plain = path.includes('%') ? decode(path) : path;
  const end = plain.indexOf('/', 1);
  return plain.startsWith('/vod') && end > 0 ? plain.slice('/vod'.length, end) : '';
}

/** NaN, which is in no order with anything, when it is no number of bytes. */
function position(text: string | null): number {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
