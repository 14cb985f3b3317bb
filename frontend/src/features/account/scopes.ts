export interface Right {
  code: string;
  sentence: string;
}
export interface RightGroup {
  name: string;
  rights: Right[];
}

/** What may be handed to a program: of each heading, the rights that this person has. */
export const grantable = (groups: RightGroup[], mine: string[]): RightGroup[] =>
  groups
    .map(({ name, rights }) => ({ name, rights: rights.filter(({ code }) => mine.includes(code)) }))
    .filter(({ rights }) => rights.length > 0);

/** Rights as the directory of rights says them, in its order. */
export const sentencesOf = (groups: RightGroup[], codes: string[]): string[] =>
  groups.flatMap(({ rights }) => rights.filter(({ code }) => codes.includes(code)).map(({ sentence }) => sentence));
