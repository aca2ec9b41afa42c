import type { FlyRelease } from '#shared/platforms/fly/releases.ts';
import type { FlyMachine, FlyStatus } from '#shared/platforms/fly/status.ts';

export const APP = 'hotdash-agent-service';
export const imageOf = (name: string): string => `registry.fly.io/${APP}:deployment-${name}`;
export const digestOf = (name: string): string => `sha256:${name}`;
/** Minutes after an arbitrary start, as ms since the epoch. */
export const minute = (n: number): number => Date.UTC(2025, 9, 13, 10, 0) + n * 60_000;

export function release(version: number, image: string, at: number, status = 'complete'): FlyRelease {
  return {
    version,
    status,
    imageRef: image === '' ? '' : imageOf(image),
    description: 'Release',
    reason: '',
    createdAt: minute(at),
    user: 'ann@example.com',
  };
}

export function machine(id: string, image: string, more: Partial<FlyMachine> = {}): FlyMachine {
  return {
    id,
    state: 'started',
    region: 'iad',
    group: 'app',
    imageRef: imageOf(image),
    digest: digestOf(image),
    configImage: imageOf(image),
    releaseVersion: 10,
    checks: [{ name: 'servicecheck-00-http-8080', status: 'passing', output: 'ok' }],
    ...more,
  };
}

export const status = (...machines: readonly FlyMachine[]): FlyStatus => ({
  app: APP,
  hostname: `${APP}.fly.dev`,
  version: 10,
  machines,
});
