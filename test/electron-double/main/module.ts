/** The module `electron` as a whole. */
let made: object | null = null;

export const electronModule = (): object => {
  if (made === null) throw new Error('The double of Electron is not set up yet.');
  return made;
};

export const setModule = (module: object): void => {
  made = module;
};
