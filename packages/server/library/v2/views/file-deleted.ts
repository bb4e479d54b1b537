/** `data` of the event FileDeleted (contract/events/FileDeleted.yaml): these videos are gone. */
export function fileDeletedOf(videoIds: readonly string[]) {
  return { status: 0, message: '', fileInfo: videoIds.map((fileId) => ({ fileId })) };
}
