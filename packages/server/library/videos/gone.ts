import { Refused } from '../../common/faults/refused.ts';

/** The video does not exist, belongs to another account or was deleted meanwhile; what was to be written of it is void. */
export class VideoGoneError extends Refused {
  override name = 'VideoGoneError';

  constructor(videoId: string) {
    super('video.notFound', `there is no video ${videoId}`);
  }
}
