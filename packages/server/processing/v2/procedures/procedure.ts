import type { ProcedureValue } from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { Executor } from '../../../database/index.ts';
import type { JobParams } from '../jobs/job.ts';

/** A task flow that callers start by its name: a file beside this one says what it makes, and `all.ts` lists it. */
export interface Procedure {
  name: string;
  /** What its arguments are called, in their order. A call may have fewer of them. */
  parameters: readonly string[];
  /**
   * What it asks for, in the words of ProcessFile.
   * @param values as many as there are parameters; those that were not given are nil
   * @throws Refused `procedure.invalid`
   */
  jobs(values: readonly ProcedureValue[], about: ProcedureContext): Promise<JobParams>;
}

export interface ProcedureContext {
  db: Executor;
  appId: string;
  /** The definitions that an application makes when a call names none; those that are still there. */
  defaultDefinitions(appId: string, db: Executor): Promise<readonly number[]>;
}

/** @throws Refused `procedure.invalid` for an argument of the wrong kind */
export function invalidArgument(name: string, wanted: string): Refused {
  return new Refused('procedure.invalid', `${name} must be ${wanted}`, { field: 'procedure' });
}

/** A template's id; null for 0 and nil. @throws Refused `procedure.invalid` */
export function templateId(name: string, value: ProcedureValue): number | null {
  if (value === null || value === 0) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw invalidArgument(name, "a template's number, 0 or nil");
}
