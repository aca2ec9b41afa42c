/** A package registry on 127.0.0.1 with a few packages of this project's node_modules, for installing without a network. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

interface Published {
  readonly metadata: Record<string, unknown> & { readonly name: string; readonly version: string };
  readonly tarball: Buffer;
}

/** `folder`: where the packages are packed into. `from`: the project whose installed packages are offered. */
export async function packageRegistry(from: string, folder: string, names: readonly string[]) {
  const published = new Map(names.map((name) => [name, publish(join(from, 'node_modules', name), folder)]));
  const server = createServer((request, response) => {
    const [, name = '', file] = (request.url ?? '').split('/');
    const found = published.get(name);
    if (found === undefined) response.writeHead(404).end('{}');
    else if (file !== undefined) response.end(found.tarball);
    else response.end(JSON.stringify(document(found, `http://${request.headers.host}/${name}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function publish(source: string, folder: string): Published {
  const args = ['pack', source, '--pack-destination', folder, '--ignore-scripts', '--json'];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' })) as { filename: string }[];
  return {
    metadata: JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Published['metadata'],
    tarball: readFileSync(join(folder, packed?.filename ?? '')),
  };
}

function document({ metadata, tarball }: Published, address: string): unknown {
  const { name, version } = metadata;
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const dist = { tarball: `${address}/${version}.tgz`, integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...metadata, dist } } };
}
