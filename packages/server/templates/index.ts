import type { RemuxDefinition, TranscodeDefinition } from '@openvod/contract/v2';
import { REMUX_DEFINITIONS, TRANSCODE_DEFINITIONS } from '@openvod/contract/v2';

/** What a transcode definition stands for: a file to encode, or the same streams in another container. */
export type TranscodeTemplate =
  | ({ kind: 'encode' } & TranscodeDefinition)
  | ({ kind: 'remux' } & RemuxDefinition);

/** The definitions that callers name by their ids (contract/specs/transcode-definitions.yaml). */
export interface Templates {
  /** Undefined when there is no such definition. */
  transcode(id: number): TranscodeTemplate | undefined;
}

/** The presets. */
export function createTemplates(): Templates {
  const transcodes = new Map<number, TranscodeTemplate>();
  for (const preset of TRANSCODE_DEFINITIONS) transcodes.set(preset.id, { kind: 'encode', ...preset });
  for (const preset of REMUX_DEFINITIONS) transcodes.set(preset.id, { kind: 'remux', ...preset });
  return { transcode: (id) => transcodes.get(id) };
}
