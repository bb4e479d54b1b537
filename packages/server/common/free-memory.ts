/**
 * Frees the memory of a chunk at once, when it is the chunk's alone. Left to the garbage collector, which is slow to notice memory
 * outside of its heap, the chunks of a stream make it go through all of the heap again and again. The chunk is empty afterwards.
 */
export function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
