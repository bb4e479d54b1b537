import { FileDeleted, NewFileUpload } from '@openvod/contract/v2';
import { type EventViews, shown } from '../../../common/v2/event-view.ts';
import type { LibraryEvents } from '../../events.ts';
import { coverUrlOf } from './cover-url.ts';

/** How version 2 shows what this room tells of. */
export const libraryEventViews: EventViews<LibraryEvents> = {
  // Optional ids are simply absent.
  'video.created': ({ videoId, transcodeId, procedureId = null, ...video }, { addresses }) =>
    shown(NewFileUpload, {
      status: 0,
      message: '',
      fileId: videoId,
      fileName: video.name,
      coverUrl: coverUrlOf(video, addresses),
      fileUrl: addresses.of(video.sourceKey),
      sourceType: video.sourceType,
      sourceContext: video.sourceContext,
      author: '',
      streamId: '',
      ...(transcodeId !== null && { transcodeTaskId: transcodeId }),
      ...(procedureId !== null && { procedureTaskId: procedureId }),
    }),

  'video.deleted': ({ videoIds }) =>
    shown(FileDeleted, { status: 0, message: '', fileInfo: videoIds.map((fileId) => ({ fileId })) }),
};
