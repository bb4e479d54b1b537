import type { Procedure } from './procedure.ts';
import { simpleProcessFile } from './simple-process-file.ts';

/** Every task flow that has a name. */
export const PROCEDURES: readonly Procedure[] = [simpleProcessFile];
