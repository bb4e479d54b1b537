import { refuseUnoffered } from './deps.ts';
import { WIRE_JOBS } from './jobs/all.ts';
import type { AskContext, Asked, JobParams } from './jobs/job.ts';

/**
 * The jobs that parameters as those of ProcessFile ask for, each object a job.
 * @throws Refused `feature.planned` for one that nobody carries out, and what the kinds of job have against theirs
 */
export async function askedJobs(params: JobParams, about: AskContext): Promise<Required<Asked>> {
  const given = givenIn(params);
  const isOffered = (name: string) => WIRE_JOBS.some(({ parameter }) => parameter === name);
  refuseUnoffered(Object.fromEntries(given.map((name) => [name, !isOffered(name)])));
  const asked = await Promise.all(WIRE_JOBS.map((job) => job.ask(params, about)));
  return {
    jobs: asked.flatMap(({ jobs }) => jobs),
    options: Object.assign({}, ...asked.map(({ options }) => options)),
  };
}

/** Names of the jobs that are asked for. */
export function givenIn(params: JobParams): string[] {
  return Object.entries(params).flatMap(([name, job]) => (job === undefined ? [] : [name]));
}
