/** Letters without accents or case, so that "lefevre" finds "LEFÈVRE". */
export const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/œ/gi, "oe")
    .toLowerCase();
