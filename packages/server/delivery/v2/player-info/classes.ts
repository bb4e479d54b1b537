import type { Output } from '../../../library/index.ts';

/** Classes of pictures by their shorter side, px. */
const CLASSES = [
  { id: 'FLU', upTo: 240 },
  { id: 'SD', upTo: 540 },
  { id: 'HD', upTo: 720 },
  { id: 'FHD', upTo: 1080 },
  { id: '2K', upTo: 1440 },
  { id: '4K', upTo: Number.POSITIVE_INFINITY },
];

/** What a phone plays at once where nobody chose. */
const DEFAULT_UP_TO = 720;

/** `playerInfo`: which renditions are of one class, from the smallest on, and which class plays first; nothing without renditions. */
export function playerInfoOf(renditions: readonly Output[]) {
  const classes = CLASSES.flatMap(({ id, upTo }, index) => {
    const above = CLASSES[index - 1]?.upTo ?? 0;
    const within = renditions.filter(({ width, height }) => {
      const side = Math.min(width, height);
      return side > above && side <= upTo;
    });
    const definitionList = within.map(({ definition }) => definition);
    return within.length === 0 ? [] : [{ upTo, shown: { id, name: id, definitionList } }];
  });
  const first = classes.findLast(({ upTo }) => upTo <= DEFAULT_UP_TO) ?? classes[0];
  if (!first) return {};
  return {
    playerInfo: {
      defaultVideoClassification: first.shown.id,
      videoClassification: classes.map(({ shown }) => shown),
    },
  };
}
