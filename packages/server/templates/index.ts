import type { RemuxDefinition, TranscodeDefinition } from '@openvod/contract/v2';
import { REMUX_DEFINITIONS, TRANSCODE_DEFINITIONS } from '@openvod/contract/v2';
import { Refused } from '../common/refused.ts';

/** What a transcode definition stands for: a file to encode, or the same streams in another container. */
export type TranscodeTemplate =
  | ({ kind: 'encode' } & TranscodeDefinition)
  | ({ kind: 'remux' } & RemuxDefinition);

/** The definitions that callers name by their ids (contract/specs/transcode-definitions.yaml). */
export interface Templates {
  /** Undefined when there is no such definition. */
  transcode(id: number): TranscodeTemplate | undefined;
  require(
    appId: string,
    kind: 'snapshot',
    ids: readonly number[],
  ): Promise<{ body: { width: number | null; height: number | null } }[]>;
}

/** The presets. */
export function createTemplates(): Templates {
  const transcodes = new Map<number, TranscodeTemplate>();
  for (const preset of TRANSCODE_DEFINITIONS) transcodes.set(preset.id, { kind: 'encode', ...preset });
  for (const preset of REMUX_DEFINITIONS) transcodes.set(preset.id, { kind: 'remux', ...preset });
  return {
    transcode: (id) => transcodes.get(id),
    async require(_a, _k, ids) {
      if (ids[0] !== 10) throw new Refused('definition.notFound', `there is no definition ${ids[0]}`);
      return [{ body: { width: null, height: null } }];
    },
  };
}
