import { clipFlow } from './clip.ts';
import { concatFlow } from './concat.ts';
import { firstCoverFlow } from './first-cover.ts';
import type { FlowKind } from './flow.ts';
import { procedureFlow } from './procedure.ts';
import { pullFlow } from './pull.ts';
import { snapshotByTimeFlow } from './snapshot-by-time.ts';
import { spriteFlow } from './sprite.ts';
import { transcodeFlow } from './transcode.ts';

const FLOW_KINDS: readonly FlowKind[] = [
  transcodeFlow,
  procedureFlow,
  pullFlow,
  clipFlow,
  concatFlow,
  snapshotByTimeFlow,
  spriteFlow,
  firstCoverFlow,
];

/** @throws Error for a kind that nobody knows, which is an error of ours */
export function flowKind(kind: string): FlowKind {
  const found = FLOW_KINDS.find((one) => one.kind === kind);
  if (!found) throw new Error(`there is no kind of flow ${kind}`);
  return found;
}
