// Stands in for string-width inside the bundle: that package compiles emoji tables when it is loaded, which costs as
// much as starting Node. Help and tables hold Latin text and rules; CJK wide forms still count two.
const escapes = /\u001b\[[\d;]*m/g;
const zero = /\p{Mn}/u;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function stringWidth(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of String(text).replace(escapes, '')) {
    if (character >= ' ' && !(character >= '\u0300' && zero.test(character))) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

module.exports = stringWidth;
module.exports.default = stringWidth;
