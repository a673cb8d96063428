// The parser without configuration files; @types/yargs-parser describes the other entry, with the same functions.
declare module 'yargs-parser/browser' {
  import parser from 'yargs-parser';
  export default parser;
}
