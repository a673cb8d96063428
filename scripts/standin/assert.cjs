// yargs uses two functions of node:assert, whose loading opens stderr and costs a tenth of the whole start.
const fail = (message) => {
  throw new Error(message);
};
exports.strictEqual = (actual, expected, message = `${actual} !== ${expected}`) =>
  Object.is(actual, expected) || fail(message);
exports.notStrictEqual = (actual, expected, message = `${actual} === ${expected}`) =>
  !Object.is(actual, expected) || fail(message);
