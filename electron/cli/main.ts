/** Starts `rollbook`. Everything else is imported once its compiled code can be kept. */
import { keepCompiledCode } from '#core/compile-cache.ts';

keepCompiledCode();
const { runProcess } = await import('./process.ts');
await runProcess();
