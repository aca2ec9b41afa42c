/** Names of the IPC channels; the first two are generic over the API. */
export const CALL = 'rollbook:call';
export const PUSH = 'rollbook:push';
/** The path of a file that a person dropped on the window, to the main process. */
export const DROPPED = 'rollbook:dropped';
