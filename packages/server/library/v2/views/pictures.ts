import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import { spriteIndexName } from '../../outputs/names.ts';
import {
  type AnimatedDetails,
  pictureNames,
  type SampledSnapshotsDetails,
  type SnapshotsDetails,
  type SpriteDetails,
  spriteSheetNames,
} from '../../outputs/pictures.ts';
import type { Output, OutputKind } from '../../outputs/types.ts';
import type { Video } from '../../videos/types.ts';

/** The sections of GetVideoInfo on pictures, each only when there are some; an element for each definition. */
export function pictureSectionsOf(
  { appId, id }: Pick<Video, 'appId' | 'id'>,
  outputs: readonly Output[],
  addresses: Addresses,
) {
  const urlOf = (name: string) => addresses.of(videoPrefix(appId, id) + name);
  const list = <T>(kind: OutputKind, show: (output: Output, urlOf: UrlOf) => T) =>
    outputs.filter((output) => output.kind === kind).map((output) => show(output, urlOf));
  const animatedGraphicsList = list('animated', animatedOf);
  const imageSpriteList = list('sprite', spriteOf);
  const snapshotByTimeOffsetList = list('snapshots', snapshotsOf);
  const sampleSnapshotInfo = list('sampledSnapshots', samplesOf);
  return {
    ...(animatedGraphicsList.length > 0 && { animatedGraphicsInfo: { animatedGraphicsList } }),
    ...(imageSpriteList.length > 0 && { imageSpriteInfo: { imageSpriteList } }),
    ...(snapshotByTimeOffsetList.length > 0 && { snapshotByTimeOffsetInfo: { snapshotByTimeOffsetList } }),
    ...(sampleSnapshotInfo.length > 0 && { sampleSnapshotInfo }),
  };
}

type UrlOf = (name: string) => string;

function animatedOf(output: Output, urlOf: UrlOf) {
  const { definition, name, container, height, width, bitrate, size, md5 } = output;
  const { startMs, endMs } = output.details as AnimatedDetails;
  const url = urlOf(name);
  const stretch = { startTime: Math.round(startMs / 1000), endTime: Math.round(endMs / 1000) };
  return { url, definition, container, height, width, bitrate, size, md5, ...stretch };
}

function spriteOf(output: Output, urlOf: UrlOf) {
  const { count, tile } = output.details as SpriteDetails;
  return {
    definition: output.definition,
    height: tile.height,
    width: tile.width,
    totalCount: count,
    imageUrls: spriteSheetNames(output).map(urlOf),
    webVttUrl: urlOf(spriteIndexName(output.definition)),
  };
}

function snapshotsOf(output: Output, urlOf: UrlOf) {
  const { pictures } = output.details as SnapshotsDetails;
  const names = pictureNames(output, pictures.length);
  return {
    definition: output.definition,
    picInfoList: pictures.map(({ atMs, isTaken }, i) => ({
      timeOffset: atMs,
      ...(isTaken && { url: urlOf(names[i]!) }),
    })),
  };
}

/** `Interval` is written like that on the wire. */
function samplesOf(output: Output, urlOf: UrlOf) {
  const { count, every } = output.details as SampledSnapshotsDetails;
  return {
    definition: output.definition,
    ...('percent' in every
      ? { sampleType: 'Percent', Interval: every.percent }
      : { sampleType: 'Time', Interval: every.ms / 1000 }),
    imageUrls: pictureNames(output, count).map(urlOf),
  };
}
