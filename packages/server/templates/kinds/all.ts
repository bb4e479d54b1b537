import { animated } from './animated.ts';
import { encryption } from './encryption.ts';
import type { Kind } from './kind.ts';
import { sampledSnapshot } from './sampled-snapshot.ts';
import { snapshot } from './snapshot.ts';
import { sprite } from './sprite.ts';
import { transcode } from './transcode.ts';
import { watermark } from './watermark.ts';

/** Every kind of template, each with numbers of its own: transcode 10 and snapshot 10 have nothing to do with each other. */
export const KINDS = {
  transcode,
  snapshot,
  sampledSnapshot,
  sprite,
  animated,
  watermark,
  encryption,
} as const satisfies Record<string, Kind<unknown>>;

export type TemplateKind = keyof typeof KINDS;

/** What a template of a kind says. */
export type BodyOf<K extends TemplateKind> = (typeof KINDS)[K] extends Kind<infer Body> ? Body : never;

export function kindOf<K extends TemplateKind>(kind: K): Kind<BodyOf<K>> {
  return KINDS[kind] as unknown as Kind<BodyOf<K>>;
}
