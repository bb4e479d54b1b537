import type { GetWatermarkList } from '@openvod/contract/v2';
import { formatDateTime, lengthText, type QueryWatermarkTemplate, type ResultOf } from '@openvod/contract/v2';
import type { WatermarkLength } from '../../kinds/watermark.ts';
import type { WatermarkPictures } from '../../pictures/types.ts';
import type { Template } from '../../types.ts';

type Wire = ResultOf<typeof QueryWatermarkTemplate>;
type OldWire = ResultOf<typeof GetWatermarkList>['definitionList'][number];
type Pictures = Pick<WatermarkPictures, 'addressOf'>;

/** A watermark as version 2 shows it. */
export function watermarkView(template: Template<'watermark'>, pictures: Pictures): Wire {
  const { id, name, description, body } = template;
  const [createTime, updateTime] = [seconds(template.createdAt), seconds(template.updatedAt)];
  return {
    ...{
      definition: id,
      name,
      comment: description,
      type: body.kind,
      url: pictures.addressOf(body.imageKey),
    },
    ...{ left: lengthText(body.x), top: lengthText(body.y), width: lengthText(body.width) },
    height: body.height ? lengthText(body.height) : '0px',
    ...{ createTime, updateTime, create_time: createTime, update_time: updateTime, repeat_type: '' },
  };
}

/** The same as the older list shows it. */
export function oldWatermarkView(template: Template<'watermark'>, pictures: Pictures): OldWire {
  const { id, name, body, createdAt } = template;
  return {
    ...{ definition: id, id, name, url: pictures.addressOf(body.imageKey) },
    ...{ left: percentOf(body.x), top: percentOf(body.y), createTime: formatDateTime(createdAt ?? 0) },
  };
}

function percentOf(length: WatermarkLength): number | string {
  const isWholePercent = length.value === 0 || (length.unit === 'percent' && Number.isInteger(length.value));
  return isWholePercent ? length.value : lengthText(length);
}

function seconds(ms: number | null): number {
  return Math.floor((ms ?? 0) / 1000);
}
