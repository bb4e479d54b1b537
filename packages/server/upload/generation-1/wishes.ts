import type { UploadContext } from '../core/context.ts';
import { badParameter } from '../core/refusals.ts';
import type { Wishes } from '../core/sessions.ts';
import type { Announcement } from './announce.ts';

/**
 * What is to be made of the file once it is there, as it can be promised now: templates may change while the bytes come, and then it
 * is too late to refuse.
 * @throws Refused `parameter.refused` for a wish that makes no sense; `watermark.none`; what `prepareProcedure` throws
 */
export async function promised(
  { database, processing }: UploadContext,
  { appId, coverOf, transcode, watermark, procedure }: Announcement,
): Promise<Wishes> {
  if (coverOf !== null && procedure !== null) {
    throw badParameter('procedure', 'nothing is made of a cover');
  }
  if (watermark && !(transcode && coverOf === null)) {
    throw badParameter('isWatermark', 'a watermark lies over transcodes: it goes with isTranscode=1');
  }
  const { db } = database;
  return {
    watermark: watermark ? await processing.watermarks.require(db, appId) : null,
    procedure: procedure === null ? null : await processing.prepareProcedure(db, appId, procedure),
  };
}
