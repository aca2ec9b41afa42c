/** Names of the two IPC channels; both are generic over the contract. */
export const CALL = 'rollbook:call';
export const PUSH = 'rollbook:push';
