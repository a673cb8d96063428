// Stands in for string-width inside the bundle: that package compiles emoji tables when it is loaded, which costs as
// much as starting Node. Help and tables hold Latin text and rules; CJK wide forms still count two.
const escapes = /\u001b\[[\d;]*m/g;
// Made when it is needed: V8 compiles the table of all marks.
let zero;
const isMark = (character) => {
  zero ??= /\p{Mn}/u;
  return zero.test(character);
};
/** Latin letters, dashes and rules: one column each. */
const narrow = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2500-\u257f]*$/;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function stringWidth(text) {
  if (narrow.test(text)) return text.length;
  let width = 0;
  for (const character of String(text).replace(escapes, '')) {
    if (character >= ' ' && !(character >= '\u0300' && isMark(character))) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

module.exports = stringWidth;
module.exports.default = stringWidth;
