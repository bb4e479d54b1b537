import {
  type ProcedureCall,
  ProcedureSyntaxError,
  parseProcedureCall,
  printProcedureCall,
} from '@openvod/contract/v2';
import { Refused } from '../../../common/faults/refused.ts';
import type { PreparedProcedure } from '../../types.ts';
import { askedJobs } from '../asked-jobs.ts';
import type { AskContext } from '../jobs/job.ts';
import { PROCEDURES } from './all.ts';
import type { ProcedureContext } from './procedure.ts';

export type NamedContext = AskContext & Pick<ProcedureContext, 'defaultDefinitions'>;

/**
 * The jobs that a procedure asks for, by its name and arguments.
 * @throws Refused `procedure.invalid` for a text that is no call, names no procedure or has arguments of the wrong kind;
 * `definition.notFound`, `watermark.none`, `feature.planned` and what else the kinds of job have against what it asks for
 */
export async function namedProcedure(text: string, about: NamedContext): Promise<PreparedProcedure> {
  const call = readCall(text);
  const procedure = PROCEDURES.find(({ name }) => name === call.name);
  if (!procedure) {
    const names = PROCEDURES.map(({ name }) => name).join(', ');
    throw invalid(`there is no procedure ${call.name}; there is ${names}`);
  }
  const { parameters } = procedure;
  if (call.arguments.length > parameters.length) {
    throw invalid(`${call.name} has at most ${parameters.length} arguments: ${parameters.join(', ')}`);
  }
  const params = await procedure.jobs(call.arguments, { ...about, appId: about.video.appId });
  return { call: printProcedureCall(call), ...(await askedJobs(params, about)) };
}

function readCall(text: string): ProcedureCall {
  try {
    return parseProcedureCall(text);
  } catch (error) {
    if (error instanceof ProcedureSyntaxError) throw invalid(error.message);
    throw error;
  }
}

function invalid(why: string): Refused {
  return new Refused('procedure.invalid', why, { field: 'procedure' });
}
