import { describe, expect, it } from 'vitest';
import type { Scenario } from '#core/simulator/scenario.ts';
import { explainFailure } from '#shared/platforms/fly/errors.ts';
import { APP, code, drill, type Ran } from './drill.ts';

const explained = (ran: Ran) => explainFailure(ran.exit, ran.stdout, ran.stderr)?.code;

describe('fly logs', () => {
  const one = (scenario: Scenario): Scenario => ({ ...scenario, logs: scenario.logs.slice(4, 5) });

  it('--no-tail prints the page and ends', async () => {
    const { run } = await drill('app-rollback', one);
    expect(await run('fly', ['logs', ...APP, '--no-tail'])).toEqual({
      exit: code(0),
      stderr: '',
      stdout:
        '\u001b[2m2025-10-13T10:31:02Z\u001b[0m app[3d8d9014c56e89] \u001b[32miad\u001b[0m ' +
        "[\u001b[31merror\u001b[0m]TypeError: Cannot read properties of undefined (reading 'queue')\n",
    });
  });

  it('--json prints one object after the other', async () => {
    const { run } = await drill('app-rollback', one);
    const { stdout } = await run('fly', ['logs', ...APP, '-n', '-j']);
    expect(stdout).toBe(`{
    "level": "error",
    "instance": "3d8d9014c56e89",
    "message": "TypeError: Cannot read properties of undefined (reading 'queue')",
    "region": "iad",
    "timestamp": "2025-10-13T10:31:02Z",
    "meta": {
        "Instance": "3d8d9014c56e89",
        "Region": "iad",
        "Event": {
            "Provider": "app"
        },
        "HTTP": {
            "Request": {
                "ID": "",
                "Method": "",
                "Version": ""
            },
            "Response": {
                "status_code": 0
            }
        },
        "Error": {
            "Code": 0,
            "Message": ""
        },
        "URL": {
            "Full": ""
        }
    }
}
`);
    const all = await drill('app-rollback');
    expect((await all.run('fly', ['logs', ...APP, '-n', '-j'])).stdout).toContain('\n}\n{\n');
  });

  it('shows only the machine or region asked for', async () => {
    const { run } = await drill('app-rollback');
    const { stdout } = await run('fly', ['logs', ...APP, '-n', '-i', 'e784e903b12345']);
    expect(stdout).toContain('[e784e903b12345]');
    expect(stdout).not.toContain('3d8d9014c56e89');
  });

  it('says 404 and 401 in the words of HTTP', async () => {
    const { run } = await drill('app-rollback');
    const ran = await run('fly', ['logs', '-a', 'nope', '-n']);
    expect(ran.stderr).toBe('Error: 404 Not Found\n');
    expect(explained(ran)).toBe('app-not-found');
  });
});
