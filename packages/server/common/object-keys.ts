/**
 * Where a video's files lie in the object store, after contract/specs/output-naming.yaml. Keys are made of ids and
 * definitions only, never of names. The path of a play address is `/` + key.
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
