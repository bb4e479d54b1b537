import type { FlowRunner } from '../tasks/index.ts';

/** One runner for all flows: that of their kind where there is one, else the usual one. */
export function runnerByKind(usual: FlowRunner, others: Readonly<Record<string, FlowRunner>>): FlowRunner {
  const of = (kind: string) => others[kind] ?? usual;
  return {
    run: (flow, control) => of(flow.kind).run(flow, control),
    discard: (flow) => of(flow.kind).discard(flow),
  };
}
