/**
 * Where a video's files lie, after docs/wire/output-naming.md. Keys are made of ids and definitions only, never of names.
 *
 * A file has an address, `/` + `vod<appId>/<videoId>/<name>`, which depends on what it is and never on the run that made
 * it; its object lies under that very key when it can never be made again (a source, an uploaded picture), and else in a
 * folder of the run: `vod<appId>/<videoId>/<run>/<name>`.
 */

/** The folder of everything that belongs to one video, with its closing slash. */
export function videoPrefix(appId: string, videoId: string): string {
  return `vod${appId}/${videoId}/`;
}

/** The uploaded file; `extension` without a dot, letters and digits. */
export function sourceKey(appId: string, videoId: string, extension: string): string {
  return `${videoPrefix(appId, videoId)}f0.${extension}`;
}

/** An uploaded cover picture: `<imageId>.<extension>` beside its video's files. */
export function coverKey(appId: string, videoId: string, imageId: string, extension: string): string {
  return `${videoPrefix(appId, videoId)}${imageId}.${extension}`;
}

/** The name of one start of a flow: the end of the flow's id, and how often it was started. */
export function runName(flowId: string, run: number): string {
  return `${flowId.slice(-12)}-${run}`;
}

/** The folder of what a run made of a video, with its closing slash. */
export function runFolder(appId: string, videoId: string, run: string): string {
  return `${videoPrefix(appId, videoId)}${run}/`;
}

/** Whether a folder of a video is that of a run. */
export function isRunName(text: string): boolean {
  return /^[0-9a-f]{12}-\d{1,10}$/.test(text);
}

/** Whether a video's cover was uploaded: nothing else knows of it, as outputs are known of one that was taken from the video. */
export function isUploadedCover(appId: string, videoId: string, key: string): boolean {
  const prefix = videoPrefix(appId, videoId);
  return key.startsWith(prefix) && isUploadedPicture(key.slice(prefix.length));
}

/** Whether a name is that of an uploaded picture. */
export function isUploadedPicture(name: string): boolean {
  return /^\d{1,20}\.[a-z0-9]{1,16}$/.test(name);
}
