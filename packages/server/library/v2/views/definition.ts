import { PSEUDO_DEFINITIONS } from '@openvod/contract/v2';
import type { OutputId } from '../../outputs/types.ts';

/** The number by which version 2 lists an output: that of its template, or one that stands for what has none. */
export function definitionOf({ kind, definition }: Pick<OutputId, 'kind' | 'definition'>): number {
  if (kind === 'source') return PSEUDO_DEFINITIONS.source;
  return kind === 'masterPlaylist' ? PSEUDO_DEFINITIONS.masterPlaylist : definition;
}
