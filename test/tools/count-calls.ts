/** Measures work in function calls, which does not depend on the machine and its load. */
import { Session } from 'node:inspector/promises';

export interface CallCounter {
  /** The number of JavaScript function calls during `work`, without work inside native functions. */
  count(work: () => void): Promise<number>;
  end(): Promise<void>;
}

export async function callCounter(): Promise<CallCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  return {
    async count(work) {
      await session.post('Profiler.takePreciseCoverage');
      work();
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const functions = result.flatMap((script) => script.functions);
      return functions.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
    },
    async end() {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
