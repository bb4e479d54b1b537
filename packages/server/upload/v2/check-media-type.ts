import { isMediaType } from '../core/file-types.ts';
import { badParameter } from '../core/refusals.ts';

/** @param type lower-case extension without a dot @throws Refused `parameter.refused` */
export function checkMediaType(type: string): void {
  if (!isMediaType(type)) {
    throw badParameter('fileType', `${type} is not a type of video or sound that is taken`);
  }
}
