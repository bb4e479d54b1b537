import { planAction } from '../../action.ts';

export const CreateSnapshotByTimeOffset = planAction('CreateSnapshotByTimeOffset', {
  aliases: ['CreateSnapShotByTime', 'SnapShotByTime'],
});
