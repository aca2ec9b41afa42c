import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { NO_REASON } from './counts.mjs';

/** @import { TestCase, TestModule } from 'vitest/node' */
/** @import { FaultRow } from './fault-table.mjs' */

/**
 * A Vitest reporter that writes the counts of a run to the file that ROLLBOOK_COUNTS names. A file that does not load, a
 * failed beforeAll and an unhandled error are no failed tests for Vitest: each counts as one failure here.
 */
export default class CountsReporter {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env.ROLLBOOK_COUNTS;
    if (file === undefined) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const inState = (/** @type {string} */ state) => tests.filter((test) => test.result().state === state);
    const broken = suites.filter((suite) => suite.errors().length > 0).length;
    const counts = {
      passed: inState('passed').length,
      failed: inState('failed').length + inState('pending').length + broken + unhandled.length,
      skipped: inState('skipped').map((test) => ({ name: test.fullName, reason: reasonOf(test) })),
      timed: tests.flatMap((test) => {
        const ms = test.diagnostic()?.duration;
        return ms === undefined ? [] : [{ ms, file: test.module.relativeModuleId, name: test.fullName }];
      }),
      // Set by test/fixtures/fault-table.ts.
      faults: tests.flatMap((test) => /** @type {{ faults?: FaultRow[] }} */ (test.meta()).faults ?? []),
    };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(counts));
  }
}

/** The reason given to `context.skip(reason)`, or to `skippedFor` of test/fixtures/skipping.ts. */
function reasonOf(/** @type {TestCase} */ test) {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  const meta = /** @type {{ skippedFor?: string }} */ (test.meta());
  return note ?? meta.skippedFor ?? NO_REASON;
}
