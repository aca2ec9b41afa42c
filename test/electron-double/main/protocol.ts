/** `protocol`: that of the default session, and the call that must come before the app is ready. */
import type { CustomScheme } from 'electron';
import { sessionOf } from './sessions.ts';
import { isReady, surface } from './surface.ts';

let registered = false;

export const protocol = surface('protocol', {
  registerSchemesAsPrivileged(_schemes: CustomScheme[]): void {
    if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged can only be called once');
    registered = true;
  },
  handle: (...args: Parameters<ReturnType<typeof sessionOf>['protocol']['handle']>): void =>
    sessionOf('').protocol.handle(...args),
  isProtocolHandled: (scheme: string): boolean => sessionOf('').protocol.isProtocolHandled(scheme),
});

export const session = surface('session', {
  get defaultSession() {
    return sessionOf('');
  },
  fromPartition: (partition: string) => sessionOf(partition),
});
