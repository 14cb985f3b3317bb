const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** What is told of a page that is printed: its address without what names anybody, and the patient whose page it is. */
export function printed(path: string): { page: string; patient?: string } {
  const patient = path.startsWith("/patients/") ? ID.exec(path)?.[0] : undefined;
  const page = path.replace(new RegExp(ID, "g"), "");
  return { page: /^\/[a-z/-]*$/.test(page) ? page : "/", patient };
}
