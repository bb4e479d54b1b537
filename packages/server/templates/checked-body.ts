import { Refused } from '../common/faults/refused.ts';
import { type BodyOf, kindOf, type TemplateKind } from './kinds/all.ts';

/**
 * A body as its kind's schema reads it.
 * @throws Refused `template.invalid`, with the path of the first field that is wrong, for example `video.bitrate`
 */
export function checkedBody<K extends TemplateKind>(kind: K, body: unknown): BodyOf<K> {
  const read = kindOf(kind).body.safeParse(body);
  if (read.success) return read.data;
  const { path = [], message = '' } = read.error.issues[0] ?? {};
  const field = path.join('.');
  throw new Refused('template.invalid', field ? message : `the template ${message}`, { field });
}
