/** The state of the fake Fly service: one app with releases and machines. The test sets what fails. */

export type Trouble = 'none' | 'image-gone' | 'failing-health' | 'lease-held' | 'empty-logs' | 'slow';

export interface FakeRelease {
  readonly id: string;
  readonly version: number;
  readonly imageRef: string;
  status: string;
}

export interface FakeMachine {
  readonly id: string;
  imageRef: string;
  releaseVersion: number;
  healthy: boolean;
  stopped: boolean;
  cordoned: boolean;
}

export interface FakeFlyCloud {
  readonly app: string;
  readonly token: string;
  trouble: Trouble;
  readonly releases: FakeRelease[];
  readonly machines: FakeMachine[];
  readonly secrets: Map<string, string>;
}

export const imageOf = (app: string, tag: string): string => `registry.fly.io/${app}:deployment-${tag}`;

export function fakeFlyCloud(): FakeFlyCloud {
  const app = 'shop-test';
  const release = (version: number, tag: string): FakeRelease => ({
    id: `r${version}`,
    version,
    imageRef: imageOf(app, tag),
    status: 'complete',
  });
  const machine = (id: string): FakeMachine => ({
    id,
    imageRef: imageOf(app, '02'),
    releaseVersion: 10,
    healthy: true,
    stopped: false,
    cordoned: false,
  });
  return {
    app,
    token: 'fake',
    trouble: 'none',
    releases: [release(10, '02'), release(9, '01')],
    machines: [machine('e784e903b12345'), machine('e784e903b67890')],
    secrets: new Map([['DATABASE_URL', 'ab12']]),
  };
}

/** A digest that belongs to a tag, for ever. */
export const digestOf = (imageRef: string): string =>
  `sha256:${imageRef.replace(/\W/g, '').padEnd(64, '0').slice(0, 64)}`;
