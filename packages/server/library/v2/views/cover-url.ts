import type { Addresses } from '../../../common/addresses.ts';
import type { Video } from '../../videos/types.ts';

/** Address of a video's cover; empty without one. */
export function coverUrlOf({ coverKey }: Pick<Video, 'coverKey'>, addresses: Addresses): string {
  return coverKey === null ? '' : addresses.of(coverKey);
}
