/** The reference: @tus/server with its file store, as its README has it. Argument: folder. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [directory = ''] = process.argv.slice(2);
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
const server = createServer((request, response) => tus.handle(request, response));
server.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`));
