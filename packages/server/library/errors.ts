/** The video does not exist, belongs to another account or was deleted meanwhile; what was to be written of it is void. */
export class VideoGoneError extends Error {
  override name = 'VideoGoneError';

  constructor(videoId: string) {
    super(`there is no video ${videoId}`);
  }
}
