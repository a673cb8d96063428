/** A capture's name for a person. */
export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);
