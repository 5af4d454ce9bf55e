/** The loader's file is a function that is called at once; here it is called with what it would ask for first. Pure. */

/** How the build ends the loader: called with nothing. */
const CALLED = /\}\)\(\);\s*$/

/** Undefined: this is no loader that takes anything. `answer` becomes an object literal, which JSON is (ECMA-262, 2019). */
export function callLoader(loader: string, answer: object): string | undefined {
  return CALLED.test(loader) ? loader.replace(CALLED, () => `})(${JSON.stringify(answer)});`) : undefined
}
