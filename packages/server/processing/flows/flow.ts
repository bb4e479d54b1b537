import type { TaskFlow } from '../../tasks/index.ts';

/** A kind of request: a file beside this one says everything about it, and `all.ts` lists it. */
export interface FlowKind {
  kind: string;
  /** A new id, which callers see. It ends with 32 hexadecimal digits; runs are named after the last of them. */
  newId(appId: string): string;
  /** Whether a change is told of. `before` is null for a new flow. */
  isTold(before: TaskFlow | null, after: TaskFlow): boolean;
  /** Whether an ended flow may run again; any may when left out. @throws Refused */
  checkRedo?(ended: TaskFlow): void;
}

/** The flow has just ended. */
export function isEnd(before: TaskFlow | null, after: TaskFlow): boolean {
  return before?.status !== 'finished' && after.status === 'finished';
}
