import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import { pictureNames, type SampledSnapshotsDetails } from '../../outputs/pictures.ts';
import type { Output } from '../../outputs/types.ts';
import type { Video } from '../../videos/types.ts';

/** Sampled pictures as the oldest pages list them, numbered from 1 on; `most` of each set. */
export function screenShotsOf(
  { appId, id }: Pick<Video, 'appId' | 'id'>,
  sets: readonly Output[],
  addresses: Addresses,
  most = Number.POSITIVE_INFINITY,
) {
  return sets.flatMap((set) => {
    const { count } = set.details as SampledSnapshotsDetails;
    return pictureNames(set, Math.min(count, most)).map((name, i) => ({
      id: i + 1,
      url: addresses.of(videoPrefix(appId, id) + name),
      vheight: String(set.height),
      vwidth: String(set.width),
    }));
  });
}
