/** A webhook on loopback that remembers what it was sent. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Slack {
  readonly url: string;
  readonly got: string[];
  close(): Promise<void>;
}

export async function slackAt(): Promise<Slack> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push((JSON.parse(Buffer.concat(parts).toString('utf8')) as { text: string }).text);
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/not-a-real-secret`,
    got,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
