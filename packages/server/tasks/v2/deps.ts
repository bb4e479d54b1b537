import type { TaskFlow, TaskQueries } from '../types.ts';

/** What the handlers of this room are made of. */
export interface TasksActionDeps {
  tasks: TaskQueries;
  /** `data` of GetTaskInfo: what the flow's event says, or would say now. */
  describeFlow(flow: TaskFlow): Promise<Record<string, unknown>>;
}
