import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

const project = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const FOLDER = project('.github/workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly needs?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: {
    readonly matrix: {
      readonly os?: readonly string[];
      readonly include?: { targets?: string; os?: string; suite?: string }[];
    };
  };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

function workflow(name: string): Workflow {
  const document = parseDocument(readFileSync(`${FOLDER}/${name}`, 'utf8'));
  expect(document.errors).toEqual([]);
  return document.toJS() as Workflow;
}

const { scripts } = JSON.parse(readFileSync(project('package.json'), 'utf8')) as { scripts: Record<string, string> };
const names = readdirSync(FOLDER);
const everywhere = ['ubuntu-latest', 'macos-latest', 'windows-latest'];

describe.each(names)('.github/workflows/%s', (name) => {
  const { jobs, permissions } = workflow(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('names actions by their major version', () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  it('starts with the right to read and no more, and ends by itself', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('needs jobs, scripts and files that are there', () => {
    for (const { needs } of Object.values(jobs)) if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs);
    for (const { run = '' } of steps) {
      for (const [, script = ''] of run.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
      for (const [, file = ''] of run.matchAll(/node (build\/[\w./-]+)/g))
        expect(() => readFileSync(project(file))).not.toThrow();
    }
  });
});

describe('what the workflows do', () => {
  it('tests on the three platforms', () => {
    const { test } = workflow('test.yml').jobs;
    expect(test?.strategy?.matrix.os).toEqual(everywhere);
    expect(test?.steps.map(({ run }) => run)).toContain('${{ matrix.suite }}');
    const suites = test?.strategy?.matrix.include?.map(({ os = 'all', suite }) => [os, suite]);
    expect(suites?.[0]).toEqual(['all', 'npm test']);
    expect(suites?.[1]?.[0]).toBe('windows-latest');
    for (const part of ['checks', 'test/unit/', 'integration/core/', 'integration/cli/', 'integration/packaging/'])
      expect(suites?.[1]?.[1]).toContain(` ${part}`);
  });

  it('runs the long tests and the real tools, with a Go that builds flyctl, and lets no tool be missing', () => {
    const { all } = workflow('test.yml').jobs;
    const used = all?.steps.map(({ uses = '' }) => uses.split('@')[0]);
    expect(used).toContain('actions/setup-go');
    const suite = all?.steps.find(({ run }) => run === 'npm run test:all');
    expect(suite?.env).toEqual({ ROLLBOOK_TOOLS_REQUIRED: '1' });
    expect(all?.steps.some(({ run = '' }) => run.includes('postgresql'))).toBe(true);
  });

  it('releases only what passed on the real runtime, with checked fuses, checksums and a bill of materials', () => {
    const { jobs } = workflow('release.yml');
    expect(jobs['desktop-tests']?.strategy?.matrix.os).toEqual(everywhere);
    expect(jobs['packages']?.needs).toBe('desktop-tests');
    expect(jobs['release']?.needs).toBe('packages');
    const targets = jobs['packages']?.strategy?.matrix.include?.map((entry) => entry.targets).join(' ');
    for (const target of ['AppImage', 'deb', 'dmg', '--x64 --arm64', 'nsis']) expect(targets).toContain(target);
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
    for (const part of ['check-fuses.mjs', 'sha256sum', 'npm sbom', 'gh release upload', 'xvfb-run'])
      expect(runs.some((run) => run.includes(part))).toBe(true);
  });
});
