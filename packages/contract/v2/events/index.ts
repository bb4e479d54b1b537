import type { EventType } from './event.ts';
import { FileDeleted } from './FileDeleted.ts';
import { NewFileUpload } from './NewFileUpload.ts';
import { ProcedureStateChanged } from './ProcedureStateChanged.ts';
import { TranscodeComplete } from './TranscodeComplete.ts';

export * from './event.ts';
export { FileDeleted, NewFileUpload, ProcedureStateChanged, TranscodeComplete };

/** Every event type that this release sends. */
export const EVENTS: readonly EventType[] = [
  NewFileUpload,
  TranscodeComplete,
  ProcedureStateChanged,
  FileDeleted,
];
